// Twin of indexer/query/query_words.py.
// The words of a query: as the analyzer cuts them, but that the name of a document is one word.
import { holdsWordCharacter } from "../analysis/analyzer.js";
import { characters, distinct } from "../analysis/characters.js";
import { partsOf } from "./compounds.js";
import { withoutMarks } from "./names.js";

const WHOLE = /^(?:[a-z0-9]{1,2}|[0-9]+\.[0-9]+)$/;
const NOTHING = { words: [], close: [] };

export class QueryWords {
  constructor(analyzer, names, postings) {
    this.analyzer = analyzer;
    this.names = names;
    this.postings = postings;
    this.known = new Map();
    this.partsByWord = new Map();
  }

  /** Reads what stands for the words of folded texts that the corpus does not hold. */
  async ensure(texts) {
    const words = distinct(texts.flatMap((text) => [...this.cut(text), ...this.analyzer.cut(text)])).filter(holdsWordCharacter);
    await Promise.all(words.map(async (word) => this.partsByWord.set(word, await partsOf(word, this.analyzer, this.postings))));
  }

  /** All pieces of a folded text. */
  cut(text) {
    return this.cutWithNames(text).map(([piece]) => piece);
  }

  /** All pieces of a folded text; those that are a name with what it names. */
  cutWithNames(text) {
    const chars = characters(text), pieces = [];
    const add = (start, end) => pieces.push(...this.analyzer.cut(chars.slice(start, end).join("")).map((piece) => [piece, null]));
    let position = 0;
    for (const name of this.namesIn(text)) {
      add(position, name.start);
      pieces.push([chars.slice(name.start, name.end).join(""), name]);
      position = name.end;
    }
    add(position, chars.length);
    return pieces;
  }

  /** What is left of a folded text beside the names in it. */
  outsideNames(text) {
    const rests = this.cutWithNames(text).map(([piece, name]) => (name ? "\n" : piece)).join("").split("\n");
    return rests.map(withoutMarks).filter(Boolean);
  }

  namesIn(text) {
    if (!this.known.has(text)) {
      const edges = new Set([0]);
      let end = 0;
      if (this.names.documents.size) for (const piece of this.analyzer.cut(text)) edges.add((end += characters(piece).length));
      this.known.set(text, this.names.documents.size ? this.names.inside(text, edges) : []);
    }
    return this.known.get(text);
  }

  /** The documents whose title a query is, which then asks for nothing else. */
  titled(query, tree) {
    const runs = tree.type === "And" ? tree.children : [tree];
    const isPlain = runs.length > 0 && runs.every((run) => run.type === "Run");
    return isPlain ? this.names.ofTitle(query, (text) => this.analyzer.key(text)) : [];
  }

  parts(word) {
    return this.partsByWord.get(word) ?? NOTHING;
  }
}

/** Whether a folded word counts only where it stands by itself. */
export const isWhole = (word) => WHOLE.test(word);

/** Whether a folded run begins or ends with a letter or digit. */
export const touchesLatin = (folded) => /^[a-z0-9]|[a-z0-9]$/.test(folded);
