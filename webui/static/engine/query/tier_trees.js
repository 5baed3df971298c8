// Twin of indexer/query/tier_trees.py.
// A rewritten query → an analysed tree for each tier: what must stand where.
import { holdsWordCharacter } from "../analysis/analyzer.js";
import { and, isWild, keyOf, literal, MANY, ofDocuments, or, spellingsOf, within } from "../model/queries.js";
import { grades } from "./grades.js";
import { countsWhole } from "./query_words.js";
import { MOST_JOINED } from "./latin_words.js";
import { isParted } from "../analysis/spellings.js";
import { characters, distinct, isBlank, isWordCharacter } from "../analysis/characters.js";

const ANYWHERE = ["text", "section", "title"], TEXT = ["text"];

export class TierTrees {
  /** `titled` are the documents whose title the query is, `named` those that it names. */
  constructor(analyzer, queryWords, kept, { scriptExact, usesSynonyms, titled, named }) {
    this.analyzer = analyzer;
    this.queryWords = queryWords;
    this.informative = kept;
    this.scriptExact = scriptExact;
    this.usesSynonyms = usesSynonyms;
    this.isTitle = titled.length > 0;
    this.named = this.isTitle ? [] : named;
  }

  /** `exact`, or the string as typed, so that no operator in it can hide a passage; grade by grade. */
  exactOrWhole(query, tree, asText) {
    const exact = this.exact(tree), folded = this.analyzer.key(query);
    if (!folded) return [exact];
    const whole = this.literal(query, TEXT);
    if (keyOf(exact) === keyOf(whole)) return grades(exact);
    let better = isParted(folded) && isPlain(tree) ? whole : null;
    const joined = keyOf(asText) === keyOf(tree) ? this.joined(query, tree) : null;
    if (keyOf(asText) !== keyOf(tree)) better = or([this.exact(asText), whole]);
    else if (joined) better = better ? or([joined, better]) : joined;
    const parts = [exact, whole, ...(better ? [better] : [])];
    return grades(or([...new Map(parts.map((part) => [keyOf(part), part])).values()]), better);
  }

  /** Every run literally, those beside each other together that some text joins (`config map`); null where there are none. */
  joined(query, tree) {
    if (this.scriptExact || tree.type !== "And" || !isPlain(tree)) return null;
    const runs = tree.children, found = [];
    for (let at = 0; at < runs.length; ) {
      const sizes = Array.from({ length: MOST_JOINED - 1 }, (_, less) => MOST_JOINED - less).filter((size) => at + size <= runs.length);
      const size = sizes.find((each) => this.asWord(query, runs.slice(at, at + each))) ?? 1;
      found.push(size > 1 ? this.asWord(query, runs.slice(at, at + size)) : this.literal(runs[at].text, TEXT));
      at += size;
    }
    return found.length === runs.length ? null : found.length === 1 ? found[0] : and(found);
  }

  /** Runs with nothing but white space between them as one word, if some text has it; else null. */
  asWord(query, runs) {
    const chars = characters(query);
    const isRow = runs.every((run, at) => !run.quoted && (!at || isBlank(chars.slice(runs[at - 1].end, run.start).join(""))));
    return isRow ? this.queryWords.joined(runs.map((run) => this.analyzer.key(run.text))) : null;
  }

  exact(node) {
    return this.build(node, (run) => this.literal(run.text, TEXT), TEXT);
  }

  present(node) {
    return this.build(node, (run) => this.presentRun(run), ANYWHERE);
  }

  /** Every word present, at least one of them in the passage itself. */
  anchored(node) {
    switch (node.type) {
      case "And": {
        const anchors = node.children.filter(anchorable).map((child) => this.anchored(child));
        const present = node.children.map((child) => this.present(child));
        return and(anchors.length ? [...present, or(anchors)] : present);
      }
      case "Or": return or(node.children.map((child) => this.anchored(child)));
      case "Run": return node.quoted ? this.literal(node.text, TEXT) : this.anchoredWords(node.text);
    }
    return this.exact(node);
  }

  /** At least one informative word in the passage. */
  some(node) {
    switch (node.type) {
      case "And": {
        let relaxed = node.children.filter(anchorable);
        if (!relaxed.every(isQuoted)) relaxed = relaxed.filter((child) => !isQuoted(child)); // it is meant as it stands
        const bound = node.children.filter((child) => !relaxed.includes(child)).map((child) => this.present(child));
        return and(relaxed.length ? [...bound, or(relaxed.map((child) => this.some(child)))] : bound);
      }
      case "Or": return or(node.children.map((child) => this.some(child)));
      case "Run": {
        const forms = this.informativeWords(node.text).flatMap((word) => this.forms(word));
        return or([this.run(node.text, TEXT), ...forms, ...this.pairsOfSingles(node.text), ...this.standingFor(node.text)]);
      }
      case "Near": return or([this.some(node.left), this.some(node.right)]);
    }
    return this.exact(node);
  }

  /** The grades of `some`: passages that answer every run by all of its informative words, by one, or any run. */
  someGrades(node) {
    const grades = [this.everyRun(node, and), this.everyRun(node, or), this.some(node)].filter(Boolean);
    return [...new Map(grades.map((grade) => [keyOf(grade), grade])).values()];
  }

  /** For each run that asks for a compound alone which stands nowhere: its words, and above them what sort it is of. */
  sortedByHeadings(node) {
    if (this.scriptExact) return [];
    const words = runsOf(node).filter((run) => !run.quoted).flatMap((run) => this.informativeWords(run.text));
    return words.filter((word) => this.queryWords.alone.has(word.folded)).map((word) => this.queryWords.parts(word.folded))
      .filter((parts) => parts.suffix)
      .map((parts) => and([literal(parts.words), literal([parts.suffix], ["section", "title"])]));
  }

  /** Something of each run in the passage or above it, and of one in the passage; null for a query of fewer than two. */
  everyRun(node, kind) {
    if (this.scriptExact || node.type !== "And" || !isPlain(node) || node.children.some(isQuoted)) return null;
    const runs = node.children.map((run) => this.informativeWords(run.text)).filter((words) => words.length);
    if (runs.length < 2) return null;
    const anchors = or(runs.flat().flatMap((word) => this.forms(word)));
    return and([...runs.map((words) => kind(words.map((word) => or([...this.forms(word), word.present()])))), anchors]);
  }

  informativeWords(text) {
    return this.partialWords(text).filter((word) => this.informative.has(word.folded));
  }

  build(node, buildRun, zones) {
    const inside = (child) => this.build(child, buildRun, zones);
    switch (node.type) {
      case "And": return and(node.children.map(inside));
      case "Or": return or(node.children.map(inside));
      case "Not": return { type: "Not", child: this.exact(node.child) };
      case "Run": return buildRun(node);
      case "Wildcard": return this.wildcard(node, zones);
      case "Near": return within(this.literal(node.left.text, TEXT), this.literal(node.right.text, TEXT), node.distance);
      case "Field": return inColumn(this.fieldValue(node.value, [node.name]), node.column);
      case "Years": return { type: "Years", first: node.first, last: node.last, undated: node.undated };
    }
    throw new TypeError(`not a node of a parsed query: ${node.type}`);
  }

  fieldValue(value, zones) {
    return value.type === "Run" ? this.literal(value.text, zones) : this.wildcard(value, zones);
  }

  presentRun(run) {
    const whole = run.quoted ? this.literal(run.text, ANYWHERE) : this.run(run.text, ANYWHERE);
    const words = run.quoted ? [] : this.words(run.text);
    return words.length ? or([whole, and(eachPresent(words))]) : whole;
  }

  anchoredWords(text) {
    const whole = this.run(text, TEXT), words = this.words(text);
    const anchors = words.map((word) => this.anchor(word));
    if (anchors.every((anchor) => keyOf(anchor) === keyOf(whole))) return whole; // above the text it marks nothing
    return or([whole, and([...eachPresent(words), or(anchors)])]);
  }

  /** A word in the passage itself; of a named document a heading says as much. */
  anchor(word) {
    const inText = word.literal(TEXT);
    if (!this.named.length || word.piece.documents.length) return inText;
    return or([inText, and([ofDocuments(this.named), word.literal(["section"])])]);
  }

  /** What a word may stand as: itself, its pairs if the segmenter guessed it, its parts if the corpus lacks it. */
  forms(word) {
    if (this.scriptExact || word.piece.documents.length || word.piece.isUnit) return [word.literal(TEXT)];
    const parts = this.queryWords.parts(word.folded);
    const guessed = this.analyzer.guessed(word.folded) ? pairs(word.folded) : [];
    return [word.literal(TEXT, distinct([word.folded, ...parts.words, ...guessed])), ...parts.close];
  }

  /** The words of a run; of a query that is nothing but a title those in it say what else may be meant. */
  partialWords(text) {
    return this.isTitle ? this.words(text, (each) => this.queryWords.plainPieces(each)) : this.words(text);
  }

  words(text, cut = (each) => this.queryWords.pieces(each)) {
    const folded = this.analyzer.fold(text), original = characters(text), found = new Map();
    let start = 0;
    for (const piece of cut(folded.text)) {
      const end = start + characters(piece.text).length;
      if (holdsWordCharacter(piece.text)) {
        const typed = this.scriptExact ? original.slice(...folded.original(start, end)).join("") : "";
        const word = new Word(piece, typed, this.analyzer);
        const key = keyOf([piece, typed]);
        if (!found.has(key)) found.set(key, word);
      }
      start = end;
    }
    return [...found.values()];
  }

  /** The pairs of what the segmenter left as single characters: a name that it does not know. */
  pairsOfSingles(text) {
    if (this.scriptExact) return [];
    const words = this.partialWords(text), folded = this.analyzer.key(text);
    return words.slice(1).map((word, at) => words[at].folded + word.folded)
      .filter((both) => characters(both).length === 2 && folded.includes(both))
      .filter((both) => characters(both).every((char) => isWordCharacter(char) && !this.analyzer.uninformative.has(char)))
      .map((both) => literal([both]));
  }

  /** What the user lets stand for words of a run. */
  standingFor(text) {
    if (!this.usesSynonyms) return [];
    const folded = this.analyzer.key(text);
    const found = this.analyzer.synonymsWithin(folded, this.analyzer.words(folded));
    return distinct(found.flatMap(([, others]) => others)).map((synonym) => literal([synonym]));
  }

  /** The literal of a run that counts beside others: one that is only a letter or two counts whole. */
  run(text, zones) {
    const found = this.literal(text, zones);
    return countsWhole(this.analyzer.key(text)) ? wholeOf(spellingsOf(found), zones, found.original) : found;
  }

  /** A literal in all its spellings. */
  literal(text, zones) {
    const folded = this.analyzer.key(text);
    if (this.scriptExact) return literal([folded], zones, text);
    const [typed, ...others] = this.analyzer.expand(folded);
    return literal([typed], zones, "", "", others);
  }

  /** What a run with wildcards stands for, or the run as typed, so that no wildcard in it can hide a passage. */
  wildcard(node, zones) {
    return or([this.glob(node.pieces, zones), this.literal(node.text, zones)]);
  }

  /** `税*` begins a word, `*税` ends one, `*税*` stands anywhere. */
  glob(pieces, zones) {
    const kept = pieces.filter((piece) => isWild(piece) || this.analyzer.key(piece));
    const leading = kept[0] === MANY, trailing = kept.at(-1) === MANY;
    const inner = kept.slice(leading ? 1 : 0, kept.length - (trailing ? 1 : 0));
    const typed = inner.filter((piece) => !isWild(piece));
    if (leading === trailing && typed.length === inner.length) return this.literal(typed.join(""), zones);
    return {
      type: "Glob",
      pieces: inner.map((piece) => (isWild(piece) ? piece : this.analyzer.key(piece))),
      startsWord: trailing && !leading,
      endsWord: leading && !trailing,
      zones,
      originals: this.scriptExact ? typed : [],
    };
  }
}

class Word {
  constructor(piece, original, analyzer) {
    this.piece = piece;
    this.folded = piece.text;
    this.original = original;
    this.analyzer = analyzer;
  }

  /** Where it stands: a number with its measure whole, in all spellings; a word as regions call it, a short one whole. */
  literal(zones, forms = [this.folded]) {
    if (this.piece.isUnit) return wholeOf(this.unitSpellings(), zones, this.original);
    const every = [...forms, ...(this.original ? [] : this.piece.others)];
    if (countsWhole(this.folded)) return wholeOf(every, zones, this.original);
    return literal(every, zones, this.original, "", this.original ? [] : this.equalSpellings());
  }

  /** It in the passage or above it; the name of a document stands above all of its passages. */
  present() {
    const anywhere = this.literal(ANYWHERE), { documents } = this.piece;
    return documents.length ? or([anywhere, ofDocuments(documents)]) : anywhere;
  }

  unitSpellings() {
    if (this.original) return [this.folded];
    const texts = [this.folded, this.piece.article].filter(Boolean);
    return distinct([...texts.flatMap((text) => this.analyzer.expand(text)), ...this.equalSpellings()]);
  }

  equalSpellings() {
    return distinct(this.piece.equals.flatMap((text) => this.analyzer.expand(text)));
  }
}

const wholeOf = (forms, zones, original) => literal([], zones, original, "", forms);

/** Whether a node asks for quotations and nothing else. */
export function isQuoted(node) {
  if (node.children) return node.children.length > 0 && node.children.every(isQuoted);
  return node.type === "Run" && node.quoted;
}

/** The runs outside of negations and fields, both sides of `Near` too. */
export function runsOf(node) {
  if (node.children) return node.children.flatMap(runsOf);
  if (node.type === "Near") return [node.left, node.right];
  return node.type === "Run" ? [node] : [];
}

/** Whether a query is nothing but runs. */
const isPlain = (tree) => tree.type === "And" && tree.children.every((child) => child.type === "Run");

/** The value of a field, its leaves with their column. */
function inColumn(node, column) {
  if (!column) return node;
  return node.children ? { ...node, children: node.children.map((child) => inColumn(child, column)) } : { ...node, column };
}

const eachPresent = (words) => words.map((word) => word.present());

/** Whether a passage can answer the node by its own text. */
function anchorable(node) {
  if (node.children) return node.children.some(anchorable);
  return ["Run", "Wildcard", "Near"].includes(node.type);
}

/** Adjacent word characters, in order. */
export function pairs(text) {
  const chars = characters(text);
  return chars.slice(1).map((char, at) => [chars[at], char])
    .filter((pair) => pair.every(isWordCharacter)).map((pair) => pair.join(""));
}

