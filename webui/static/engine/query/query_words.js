// Twin of indexer/query/query_words.py.
// The words of a query: as its runs are pieces, but that the name of a document is one word.
import { characters } from "../analysis/characters.js";
import { partsOf } from "./compounds.js";
import { withoutMarks } from "./names.js";
import { piecesOf } from "./pieces.js";

const TOKEN = /^(?:[a-z0-9]{1,2}|[0-9]+\.[0-9]+)$/;
const NOTHING = { words: [], close: [] };

export class QueryWords {
  constructor(analyzer, names, postings, regional) {
    this.analyzer = analyzer;
    this.names = names;
    this.postings = postings;
    this.regional = regional;
    this.known = new Map();
    this.partsByWord = new Map();
    this.unread = new Set();
  }

  /** Reads what stands for the words that `parts` was asked for in vain; tells whether there were any. */
  async read() {
    const words = [...this.unread];
    this.unread.clear();
    await Promise.all(words.map(async (word) => this.partsByWord.set(word, await partsOf(word, this.analyzer, this.postings))));
    return words.length > 0;
  }

  /** The segmented words of a folded text, marks included. */
  cut(text) {
    return this.parted(text).flatMap(([part, name]) => (name ? [part] : this.analyzer.cut(part)));
  }

  /** The pieces of a folded text, marks included. */
  pieces(text) {
    return this.parted(text).flatMap(([part, name]) => (name ? [namePiece(part, name)] : this.plainPieces(part)));
  }

  /** The pieces of a folded text in which no name is seen. */
  plainPieces(text) {
    return piecesOf(text, this.analyzer, this.regional);
  }

  /** What is left of a folded text beside the names in it. */
  outsideNames(text) {
    return this.parted(text).filter(([, name]) => !name).map(([part]) => withoutMarks(part)).filter(Boolean);
  }

  /** Names, and what stands between them. */
  parted(text) {
    const chars = characters(text), parts = [];
    let position = 0;
    for (const name of this.namesIn(text)) {
      parts.push([chars.slice(position, name.start).join(""), null], [chars.slice(name.start, name.end).join(""), name]);
      position = name.end;
    }
    return [...parts, [chars.slice(position).join(""), null]].filter(([part]) => part);
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

  /** What stands for a word that the corpus does not hold; what is not read yet counts as nothing. */
  parts(word) {
    if (!this.partsByWord.has(word)) this.unread.add(word);
    return this.partsByWord.get(word) ?? NOTHING;
  }
}

const namePiece = (text, { documents }) => ({ text, isUnit: false, article: "", others: [], documents });

/** Whether a folded word counts only where it stands by itself. */
export const countsWhole = (word) => TOKEN.test(word);
