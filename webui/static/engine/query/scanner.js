// Twin of indexer/query/syntax/scanner.py, indexer/query/syntax/wildcards.py.
// The query string → tokens, each with its range.
import {
  beginsTerm, closingQuote, fieldAt, findGroups, halfWidth, MINUS, OR_BAR, QUOTES,
} from "./brackets.js";
import { FIELD_NAMES, MAX_NEAR, MAX_NEARS, MAX_WILDCARDS } from "../model/choices.js";
import { field, isWild, MANY, ONE, run, warning, wildcard, years } from "../model/queries.js";
import { characters, isSpace, isWordCharacter, strip } from "../analysis/characters.js";
import { readYears } from "../model/years.js";

const NEAR = /^NEAR\/(\d{1,9})$/;
const ESCAPED = /\\(["＂“”\\])/g;
const WORDS = { OR: "OR", AND: "AND", NOT: "NOT" };

export class Scanner {
  constructor(text, columns = []) {
    this.columns = columns.map((name) => ({ name, label: halfWidth(characters(`${name}:`)) }));
    this.text = characters(text);
    this.twin = halfWidth(this.text);
    [this.groups, this.warnings] = findGroups(this.twin);
    this.list = [];
    this.unclosed = false;
    this.wildcards = 0;
    this.nears = 0;
  }

  tokens() {
    let position = 0;
    while (position < this.text.length) position = this.next(position);
    if (this.unclosed && !this.list.length) this.addRun(0, this.text.length); // a quotation mark alone is looked for
    return this.list;
  }

  next(at) {
    const char = this.twin[at];
    if (isSpace(char)) return at + 1;
    if (this.groups.has(at)) return this.add({ kind: this.groups.get(at) > at ? "OPEN" : "CLOSE", start: at, end: at + 1 });
    if (char === OR_BAR) return this.add({ kind: "OR", start: at, end: at + 1 });
    if (char === MINUS && this.isNegation(at)) return this.add({ kind: "NOT", start: at, end: at + 1 });
    if (beginsTerm(this.twin, at)) {
      const found = fieldAt(this.twin, at);
      if (found && !this.followsField(at)) return this.field(found, at);
      const column = this.column(at);
      if (column && !this.followsField(at)) return this.inColumn(at, column);
      if (char in QUOTES && !this.unclosed) return this.quotation(at);
    }
    return this.run(at);
  }

  add(token) {
    this.list.push(token);
    return token.end;
  }

  warn(...about) {
    this.warnings.push(warning(...about));
  }

  isNegation(at) {
    const following = this.twin[at + 1];
    return following !== undefined && following !== MINUS && !isSpace(following) && beginsTerm(this.twin, at);
  }

  followsField(at) {
    const last = this.list.at(-1);
    return last !== undefined && last.kind === "FIELD" && last.end === at;
  }

  field(found, start) {
    const name = FIELD_NAMES[found.name.toLowerCase()];
    if (name !== "year") return this.add({ kind: "FIELD", start, end: found.end, name });
    const end = this.runEnd(found.end);
    const wanted = readYears(this.twin.slice(found.end, end).join("").toLowerCase());
    if (!wanted) {
      this.warn("bad_year", "年份要写成 2020、2020-2021（先小后大）、2020.. 或 none，这里按文字处理。", start, end);
      return this.addRun(start, end);
    }
    return this.add({ kind: "LEAF", start, end, leaf: years(wanted, start, end) });
  }

  /** The column of the user's own that is named at `at`, with something after its colon; the longest. */
  column(at) {
    const found = this.columns.filter(({ label }) => label.every((char, n) => this.twin[at + n] === char));
    const longest = found.reduce((one, other) => (one && one.label.length >= other.label.length ? one : other), null);
    const following = longest && this.twin[at + longest.label.length];
    return following && !isSpace(following) && following !== OR_BAR ? longest : null;
  }

  /** What must stand in a column: the run after its colon, or the quotation that this run is. */
  inColumn(at, { name, label }) {
    const start = at + label.length;
    const quoted = this.twin[start] in QUOTES ? closingQuote(this.twin, start) + 1 : 0;
    const isQuoted = quoted > start + 2 && this.runEnd(quoted) === quoted;
    const end = isQuoted ? quoted : this.runEnd(start);
    const text = isQuoted ? this.slice(start + 1, end - 1).replace(ESCAPED, "$1") : this.slice(start, end);
    return this.add({ kind: "LEAF", start: at, end, leaf: field("field", run(text, start, end, isQuoted), at, end, name) });
  }

  quotation(at) {
    const closing = closingQuote(this.twin, at);
    if (closing < 0) {
      this.unclosed = true;
      this.warn("unclosed_quote", "引号没有合上，按没有引号处理。", at, at + 1);
      return at + 1;
    }
    const end = closing + 1;
    if (this.runEnd(end) > end) return this.addRun(at, this.runEnd(end));
    const inner = this.slice(at + 1, closing);
    if (!strip(inner)) {
      this.warn("empty_quote", "引号里没有内容，按文字处理。", at, end);
      return this.addRun(at, end);
    }
    return this.add({ kind: "LEAF", start: at, end, leaf: run(inner.replace(ESCAPED, "$1"), at, end, true) });
  }

  run(at) {
    const end = this.runEnd(at);
    const word = this.twin.slice(at, end).join("");
    const last = this.list.at(-1);
    const alone = !last || last.end < at || last.kind === "OPEN";
    if (alone && Object.hasOwn(WORDS, word)) return this.add({ kind: WORDS[word], start: at, end });
    const match = alone && NEAR.exec(word);
    if (match) {
      if (Number(match[1]) <= MAX_NEAR) return this.near(at, end, Number(match[1]));
      this.warn("bad_near", `NEAR/ 后面的距离最多 ${MAX_NEAR}，这里按文字处理。`, at, end);
    } else if (alone && (word === "NEAR" || word.startsWith("NEAR/"))) {
      this.warn("bad_near", "NEAR 后面要写距离，例如 NEAR/10；这里按文字处理。", at, end);
    }
    return this.addRun(at, end);
  }

  near(at, end, distance) {
    this.nears += 1;
    if (this.nears === MAX_NEARS + 1) {
      this.warn("too_many_nears", `一次查询最多 ${MAX_NEARS} 个 NEAR，从这里起按文字处理。`, at, end);
    }
    if (this.nears > MAX_NEARS) return this.addRun(at, end);
    return this.add({ kind: "NEAR", start: at, end, distance });
  }

  addRun(start, end) {
    const text = this.slice(start, end);
    const pieces = split(this.text.slice(start, end));
    const isPattern = this.allowed(count(pieces), start, end);
    return this.add({ kind: "LEAF", start, end, leaf: isPattern ? wildcard(pieces, text, start, end) : run(text, start, end) });
  }

  /** Whether a run's wildcards, that many, are to be read as such. */
  allowed(number, start, end) {
    const before = this.wildcards;
    this.wildcards += number;
    if (before <= MAX_WILDCARDS && MAX_WILDCARDS < this.wildcards) {
      this.warn("too_many_wildcards", `一次查询最多 ${MAX_WILDCARDS} 处通配符，从这里起按文字处理。`, start, end);
    }
    return 0 < number && number <= MAX_WILDCARDS - before;
  }

  runEnd(at) {
    while (at < this.twin.length && !isSpace(this.twin[at]) && this.twin[at] !== OR_BAR && !this.groups.has(at)) at++;
    return at;
  }

  slice(start, end) {
    return this.text.slice(start, end).join("");
  }
}

/** A run as its wildcards and the text between them; a row of stars is one. */
export function split(chars) {
  const wild = chars.map(() => null);
  for (const [start, end] of rows(chars, (char) => "*＊".includes(char))) {
    if ([chars[start - 1], chars[end]].some((char) => char !== undefined && isWordCharacter(char))) wild.fill(MANY, start, end);
  }
  for (const [start, end] of rows(chars, (char) => char === "?")) {
    const beside = [chars[start - 1], chars[end]];
    if (beside.every((char) => char !== undefined && isWordCharacter(char))) wild.fill(ONE, start, end);
  }
  const pieces = [];
  for (let at = 0, end; at < chars.length; at = end) {
    for (end = at + 1; end < chars.length && wild[end] === wild[at]; ) end++;
    if (wild[at] === null) pieces.push(chars.slice(at, end).join(""));
    else pieces.push(...(wild[at] === MANY ? [MANY] : Array(end - at).fill(ONE)));
  }
  return pieces;
}

/** Places with wildcards; a row of question marks is one. */
const count = (pieces) => pieces.filter((piece, at) => isWild(piece) && !(at && isWild(pieces[at - 1]))).length;

/** Ranges of characters in a row for which `test` is true. */
function* rows(chars, test) {
  for (let at = 0; at < chars.length; at++) {
    const start = at;
    while (at < chars.length && test(chars[at])) at++;
    if (at > start) yield [start, at];
  }
}
