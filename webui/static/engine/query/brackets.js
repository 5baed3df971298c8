// Twin of indexer/query/syntax/brackets.py.
// Which brackets of a query group. Texts are lists of characters, in half width.
import { FIELD_NAMES, MAX_DEPTH } from "../model/choices.js";
import { isBlank, isSpace } from "../analysis/characters.js";
import { warning } from "../model/queries.js";

export const OPEN = "(";
export const CLOSE = ")";
export const OR_BAR = "|";
export const MINUS = "-";
export const QUOTES = { '"': '"', "“": "”" };

const NAME = Object.keys(FIELD_NAMES).join("|");
const FIELD_START = new RegExp(`^(${NAME}):`, "i");
const FIELD_END = new RegExp(`(?:${NAME}):$`, "i");
const LONGEST_FIELD = Math.max(...Object.keys(FIELD_NAMES).map((name) => name.length)) + 1;

/** Full-width forms made their half-width twins; ？ is never a wildcard and ＼ protects nothing. */
export const halfWidth = (chars) => chars.map((char) => {
  const code = char.codePointAt(0);
  return code > 0xff00 && code < 0xff5f && !"？＼".includes(char) ? String.fromCodePoint(code - 0xfee0) : char;
});

/** The name of a field that begins at `at`, with something after its colon; null if none does. */
export function fieldAt(chars, at) {
  const match = FIELD_START.exec(chars.slice(at, at + LONGEST_FIELD).join(""));
  if (!match) return null;
  const end = at + match[0].length;
  return end < chars.length && !isSpace(chars[end]) ? { name: match[1], end } : null;
}

/** Whether a term, a quotation or a group may begin at `at`: at a gap, after a negation, a field, or both. */
export function beginsTerm(chars, at) {
  if (at && chars[at - 1] === MINUS) return afterGap(chars, at - 1) || afterField(chars, at - 1);
  return afterGap(chars, at) || afterField(chars, at);
}

const afterGap = (chars, at) => at === 0 || isSpace(chars[at - 1]) || (OPEN + OR_BAR).includes(chars[at - 1]);

function afterField(chars, at) {
  if (!at || chars[at - 1] !== ":") return false;
  const from = Math.max(0, at - LONGEST_FIELD);
  const match = FIELD_END.exec(chars.slice(from, at).join(""));
  if (!match) return false;
  const start = at - match[0].length; // names hold no character outside the basic plane
  return afterGap(chars, start) || (chars[start - 1] === MINUS && afterGap(chars, start - 1));
}

/** Where the quotation that opens at `at` closes, -1 if nowhere; \ protects what follows it. */
export function closingQuote(chars, at) {
  for (let position = at + 1; position < chars.length; position++) {
    if (chars[position] === "\\") position++;
    else if (chars[position] === QUOTES[chars[at]]) return position;
  }
  return -1;
}

/** The brackets that group, each with its partner, and warnings about those that have none. */
export function findGroups(chars) {
  const somethings = [0];
  for (const char of chars) somethings.push(somethings.at(-1) + (isSpace(char) || char === OR_BAR ? 1 : 0));
  const groups = new Map(), warnings = [], stack = [];
  let openQuoteFailed = false;
  for (let position = 0; position < chars.length; position++) {
    const char = chars[position];
    if (char in QUOTES && !openQuoteFailed && beginsTerm(chars, position)) {
      const closing = closingQuote(chars, position);
      openQuoteFailed = closing < 0;
      position = Math.max(position, closing);
    } else if (char === OPEN) {
      stack.push([position, beginsTerm(chars, position)]);
    } else if (char === CLOSE && stack.length) {
      const [opening, atStart] = stack.pop();
      const parts = somethings[position] > somethings[opening + 1] && !isBlank(chars.slice(opening + 1, position).join(""));
      if (atStart && parts && endsTerm(chars, position)) groups.set(opening, position).set(position, opening);
    } else if (char === CLOSE && endsTerm(chars, position) && somethings.at(-1)) {
      warnings.push(unmatched(position));
    }
  }
  if (somethings.at(-1)) warnings.push(...stack.filter(([, atStart]) => atStart).map(([at]) => unmatched(at)));
  return [bounded(groups, warnings), warnings];
}

function endsTerm(chars, at) {
  const following = chars[at + 1];
  return following === undefined || isSpace(following) || (CLOSE + OR_BAR).includes(following);
}

function bounded(groups, warnings) {
  const kept = new Map();
  let depth = 0, warned = false;
  for (const at of [...groups.keys()].sort((one, other) => one - other)) {
    const opens = groups.get(at) > at;
    if (opens) depth++;
    if (depth <= MAX_DEPTH) kept.set(at, groups.get(at));
    else if (!warned) {
      warned = true;
      warnings.push(warning("too_deep", `括号套了 ${MAX_DEPTH} 层以上，更里面的括号按文字处理。`, at, at + 1));
    }
    if (!opens) depth--;
  }
  return kept;
}

const unmatched = (at) => warning("unmatched_bracket", "这个括号没有配对，按文字处理。", at, at + 1);
