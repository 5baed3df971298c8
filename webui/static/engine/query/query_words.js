// Twin of indexer/query/query_words.py.
// The words of a query: as its runs are pieces, but that the name of a document is one word.
import { characters } from "../analysis/characters.js";
import { keyOf } from "../model/queries.js";
import { NOTHING, partsOf, runsOn } from "./compounds.js";
import { ISSUERS, lookedUp, stepsIntoArticle } from "./lookups.js";
import { withoutMarks } from "./names.js";
import { piecesOf } from "./pieces.js";

const TOKEN = /^(?:[a-z0-9]{1,2}|[0-9]+\.[0-9]+)$/;

export class QueryWords {
  /**
   * `count` tells how many passages a tree is true for, `passages` gives the first of them; `alone` are words each of
   * which is all that a run asks for.
   */
  constructor(analyzer, names, { count, passages }, regional) {
    this.analyzer = analyzer;
    this.names = names;
    this.count = count;
    this.findPassages = passages;
    this.alone = new Set();
    this.regional = regional;
    this.known = new Map();
    this.partsByWord = new Map();
    this.runningOn = new Map();
    this.unread = new Set();
    this.unreadRuns = new Set();
    this.passagesByTree = new Map();
    this.unreadTrees = new Map();
  }

  /** Reads what `parts`, `runsOn` and `passages` were asked for in vain; tells whether there was anything. */
  async read() {
    const words = [...this.unread], runs = [...this.unreadRuns], trees = [...this.unreadTrees];
    this.unread.clear();
    this.unreadRuns.clear();
    this.unreadTrees.clear();
    await Promise.all([
      ...words.map(async (word) => this.partsByWord.set(word, await partsOf(word, this.analyzer, this.count, this.alone.has(word)))),
      ...trees.map(async ([key, tree]) => this.passagesByTree.set(key, await this.findPassages(tree))),
      ...runs.map(async (run) => this.runningOn.set(run, await runsOn(run, this.analyzer, this.count))),
    ]);
    return words.length + runs.length + trees.length > 0;
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
      this.known.set(text, this.names.documents.size ? this.names.inside(text, edges, (word) => this.analyzer.segmenter.knows(word)) : []);
    }
    return this.known.get(text);
  }

  /** The documents whose title a query is, which then asks for nothing else. */
  titled(query, tree) {
    return plainRuns(tree).length ? this.names.ofTitle(query, (text) => this.analyzer.key(text)) : [];
  }

  /** The documents that a query calls by a short name, and which it asks for alone. */
  called(tree) {
    const runs = plainRuns(tree);
    if (runs.length !== 1 || runs[0].quoted) return [];
    const pieces = this.pieces(this.analyzer.key(runs[0].text)).filter(({ text }) => !ISSUERS.has(text));
    return pieces.length === 1 ? pieces[0].documents : [];
  }

  /** The numbers that a query looks up in the documents it names, and which it asks for alone. */
  lookedUp(tree) {
    const runs = plainRuns(tree);
    if (!runs.length || runs.some((run) => run.quoted)) return [];
    return lookedUp(runs.flatMap((run) => [...this.pieces(this.analyzer.key(run.text)), SPACE]), this.analyzer);
  }

  /** Where within an article a query asks; null where it asks for all of it, or for none. */
  stepsIntoArticle(tree) {
    return stepsIntoArticle(plainRuns(tree).flatMap((run) => this.pieces(this.analyzer.key(run.text))));
  }

  /** The first passages that a tree is true for; none before they are read. */
  passages(tree) {
    const key = keyOf(tree);
    if (!this.passagesByTree.has(key)) this.unreadTrees.set(key, tree);
    return this.passagesByTree.get(key) ?? [];
  }

  /** Whether a query is a compound whose last character, wherever it stands, begins another word. */
  runsOn(tree) {
    const runs = plainRuns(tree);
    if (runs.length !== 1 || runs[0].quoted) return false;
    const run = this.analyzer.key(runs[0].text);
    if (!this.runningOn.has(run)) this.unreadRuns.add(run);
    return this.runningOn.get(run) ?? false;
  }

  /** What stands for a word that the corpus does not hold; what is not read yet counts as nothing. */
  parts(word) {
    if (!this.partsByWord.has(word)) this.unread.add(word);
    return this.partsByWord.get(word) ?? NOTHING;
  }
}

const namePiece = (text, { documents }) => ({ text, isUnit: false, article: "", others: [], equals: [], documents });

const SPACE = { text: " ", isUnit: false, article: "", others: [], equals: [], documents: [] };

/** The runs of a query that is nothing else; none of any other. */
function plainRuns(tree) {
  const nodes = tree.type === "And" ? tree.children : [tree];
  return nodes.every((node) => node.type === "Run") ? nodes : [];
}

/** Whether a folded word counts only where it stands by itself. */
export const countsWhole = (word) => TOKEN.test(word);
