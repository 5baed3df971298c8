// Twin of indexer/query/tier_trees.py.
// A rewritten query → an analysed tree for each tier: what must stand where.
import { holdsWordCharacter } from "../analysis/analyzer.js";
import { and, isWild, keyOf, literal, MANY, or, within } from "../model/queries.js";
import { grades } from "./grades.js";
import { piecesOf } from "./pieces.js";
import { isParted } from "../analysis/spellings.js";
import { characters, distinct, isWordCharacter } from "../analysis/characters.js";

const ANYWHERE = ["text", "section", "title"], TEXT = ["text"];

export class TierTrees {
  constructor(analyzer, kept, scriptExact, regional) {
    this.analyzer = analyzer;
    this.informative = kept;
    this.scriptExact = scriptExact;
    this.regional = regional && !scriptExact;
  }

  /** `exact`, or the string as typed, so that no operator in it can hide a passage; grade by grade. */
  exactOrWhole(query, tree, asText) {
    const exact = this.exact(tree), folded = this.analyzer.key(query);
    if (!folded) return [exact];
    const whole = this.literal(query, TEXT);
    if (keyOf(exact) === keyOf(whole)) return grades(exact);
    let better = isParted(folded) && isPlain(tree) ? whole : null;
    if (keyOf(asText) !== keyOf(tree)) better = or([this.exact(asText), whole]);
    const parts = [exact, whole, ...(better ? [better] : [])];
    return grades(or([...new Map(parts.map((part) => [keyOf(part), part])).values()]), better);
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
        const optional = node.children.filter(anchorable).map((child) => this.some(child));
        const bound = node.children.filter((child) => !anchorable(child)).map((child) => this.exact(child));
        return and(optional.length ? [...bound, or(optional)] : bound);
      }
      case "Or": return or(node.children.map((child) => this.some(child)));
      case "Run": {
        const kept = this.words(node.text).filter((word) => this.informative.has(word.folded));
        const forms = kept.map((word) => word.literal(TEXT, this.forms(word)));
        return or([this.literal(node.text, TEXT), ...forms, ...this.pairsOfSingles(node.text), ...this.synonyms(node.text)]);
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
      case "Field": return inColumn(this.fieldValue(node.value, [node.name]), node.column);
      case "Years": return { type: "Years", first: node.first, last: node.last, undated: node.undated };
    }
    throw new TypeError(`not a node of a parsed query: ${node.type}`);
  }

  fieldValue(value, zones) {
    return value.type === "Run" ? this.literal(value.text, zones) : this.wildcard(value, zones);
  }

  presentRun(run) {
    const whole = this.literal(run.text, ANYWHERE);
    const words = run.quoted ? [] : this.words(run.text);
    return words.length ? or([whole, and(eachPresent(words))]) : whole;
  }

  anchoredWords(text) {
    const whole = this.literal(text, TEXT), words = this.words(text);
    if (!words.length) return whole;
    return or([whole, and([...eachPresent(words), or(words.map((word) => word.literal(TEXT)))])]);
  }

  /** A word; one that the segmenter guessed may be half a name, so its pairs too. */
  forms(word) {
    return !word.piece.isUnit && this.analyzer.guessed(word.folded) ? [word.folded, ...pairs(word.folded)] : [word.folded];
  }

  words(text) {
    const folded = this.analyzer.fold(text), original = characters(text), found = new Map();
    let start = 0;
    for (const piece of piecesOf(folded.text, this.analyzer, this.regional)) {
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
    const words = this.words(text), folded = this.analyzer.key(text);
    return words.slice(1).map((word, at) => words[at].folded + word.folded)
      .filter((both) => characters(both).length === 2 && folded.includes(both))
      .filter((both) => characters(both).every((char) => isWordCharacter(char) && !this.analyzer.uninformative.has(char)))
      .map((both) => literal([both]));
  }

  /** What the user lets stand for words of a run. */
  synonyms(text) {
    if (this.scriptExact) return [];
    const folded = this.analyzer.key(text);
    return this.analyzer.synonymsWithin(folded, this.analyzer.words(folded)).map((synonym) => literal([synonym]));
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

  /** Where it is present: a number with its measure whole, in all spellings; a word as regions call it. */
  literal(zones, forms = [this.folded]) {
    const { isUnit, article, others } = this.piece;
    if (!isUnit) return literal([...forms, ...(this.original ? [] : others)], zones, this.original);
    if (this.original) return literal([], zones, this.original, "", [this.folded]);
    const texts = [this.folded, article].filter(Boolean);
    return literal([], zones, "", "", distinct(texts.flatMap((text) => this.analyzer.expand(text))));
  }
}

/** Whether a query is nothing but runs. */
const isPlain = (tree) => tree.type === "And" && tree.children.every((child) => child.type === "Run");

/** The value of a field, its leaves with their column. */
function inColumn(node, column) {
  if (!column) return node;
  return node.children ? { ...node, children: node.children.map((child) => inColumn(child, column)) } : { ...node, column };
}

const eachPresent = (words) => words.map((word) => word.literal(ANYWHERE));

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

