// Twin of indexer/query/tier_trees.py.
// A rewritten query → an analysed tree for each tier: what must stand where.
import { holdsWordCharacter } from "../analysis/analyzer.js";
import { and, isWild, keyOf, literal, MANY, ofDocuments, or, within } from "../model/queries.js";
import { characters, distinct, isWordCharacter } from "../analysis/characters.js";
import { isWhole, touchesLatin } from "./query_words.js";

const ANYWHERE = ["text", "section", "title"], TEXT = ["text"];

export class TierTrees {
  constructor(analyzer, queryWords, kept, scriptExact, isTitle) {
    this.analyzer = analyzer;
    this.queryWords = queryWords;
    this.isTitle = isTitle;
    this.informative = kept;
    this.scriptExact = scriptExact;
  }

  /** `exact`, or the string as typed, so that no operator in it can hide a passage. */
  exactOrWhole(query, tree) {
    const exact = this.exact(tree);
    if (!this.analyzer.key(query)) return exact;
    const whole = this.literal(query, TEXT);
    return keyOf(exact) === keyOf(whole) ? exact : or([exact, whole]);
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
        const words = this.isTitle ? this.words(node.text, (text) => this.analyzer.cut(text)) : this.words(node.text);
        const kept = words.filter((word) => this.informative.has(word.folded));
        const forms = kept.flatMap((word) => this.forms(word));
        return or([this.run(node.text, TEXT), ...forms, ...this.synonyms(node.text)]);
      }
      case "Near": return or([this.some(node.left), this.some(node.right)]);
    }
    return this.exact(node);
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
      case "Field": return this.fieldValue(node.value, [node.name]);
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
    return words.length ? or([whole, and(words.map((word) => word.present()))]) : whole;
  }

  anchoredWords(text) {
    const whole = this.run(text, TEXT), words = this.words(text);
    if (!words.length) return whole;
    return or([whole, and([...words.map((word) => word.present()), or(words.map((word) => word.literal(TEXT)))])]);
  }

  /** The runs that begin or end with a letter or digit as whole tokens; nothing if there are none. */
  whole(tree) {
    const runs = runsOf(tree).filter((run) => touchesLatin(this.analyzer.key(run.text)));
    return runs.length ? [and(runs.map((run) => ({ ...this.literal(run.text, TEXT), whole: true })))] : [];
  }

  /** What a word may stand as: itself, its pairs if the segmenter guessed it, its parts if the corpus lacks it. */
  forms(word) {
    if (this.scriptExact || word.names.length) return [word.literal(TEXT)];
    const parts = this.queryWords.parts(word.folded);
    const guessed = this.analyzer.guessed(word.folded) ? pairs(word.folded) : [];
    return [word.literal(TEXT, distinct([word.folded, ...parts.words, ...guessed])), ...parts.close];
  }

  words(text, cut) {
    const folded = this.analyzer.fold(text), original = characters(text), found = new Map();
    let start = 0;
    const pieces = cut ? cut(folded.text).map((piece) => [piece, null]) : this.queryWords.cutWithNames(folded.text);
    for (const [piece, name] of pieces) {
      const end = start + characters(piece).length;
      if (holdsWordCharacter(piece)) {
        const typed = this.scriptExact ? original.slice(...folded.original(start, end)).join("") : "";
        const word = new Word(piece, typed, name?.documents ?? []);
        if (!found.has(keyOf(word))) found.set(keyOf(word), word);
      }
      start = end;
    }
    return [...found.values()];
  }

  /** What the user lets stand for words of a run. */
  synonyms(text) {
    if (this.scriptExact) return [];
    const folded = this.analyzer.key(text);
    return this.analyzer.synonymsWithin(folded, this.analyzer.words(folded)).map((synonym) => literal([synonym]));
  }

  /** The literal of a run that counts beside others: one that is only a letter or two counts as a token. */
  run(text, zones) {
    return { ...this.literal(text, zones), whole: isWhole(this.analyzer.key(text)) };
  }

  /** A literal in all its spellings. */
  literal(text, zones) {
    const folded = this.analyzer.key(text);
    return this.scriptExact ? literal([folded], zones, text) : literal(this.analyzer.expand(folded), zones);
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
  constructor(folded, original, names) {
    this.folded = folded;
    this.original = original;
    this.names = names;
  }

  literal(zones, forms = [this.folded]) {
    return literal(forms, zones, this.original, isWhole(this.folded));
  }

  present() {
    const anywhere = this.literal(ANYWHERE);
    return this.names.length ? or([anywhere, ofDocuments(this.names)]) : anywhere;
  }
}

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

