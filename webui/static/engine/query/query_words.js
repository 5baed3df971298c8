// Twin of indexer/query/query_words.py.
// The words of a query: as its runs are pieces, but that the name of a document is one word.
import { characters } from "../analysis/characters.js";
import { keyOf, literal } from "../model/queries.js";
import { NOTHING, partsOf, runsOn } from "./compounds.js";
import { isJoinedInTexts, joined, mayBeParted, partedAtCapitals, partedInTexts } from "./latin_words.js";
import { articlesIn, ISSUERS, lookedUp, numbered, stepsIntoArticle } from "./lookups.js";
import { withoutMarks } from "./names.js";
import { piecesOf } from "./pieces.js";

const TOKEN = /^(?:[a-z0-9]{1,2}|[0-9]+\.[0-9]+)$/;

export class QueryWords {
  /**
   * `count` tells how many passages a tree is true for, `passages` gives the first of them; `alone` are words each of
   * which is all that a run asks for, `query` is as it was typed.
   */
  constructor(analyzer, names, { count, passages }, query, regional) {
    this.analyzer = analyzer;
    this.names = names;
    this.count = count;
    this.findPassages = passages;
    this.alone = new Set();
    this.regional = regional;
    this.known = new Map();
    this.answers = new Map(); // what the texts were asked
    this.questions = new Map(); // what they have to be asked
    this.atCapitals = partedAtCapitals(query);
  }

  /** Reads what was asked for in vain; tells whether there was anything. */
  async read() {
    const questions = [...this.questions];
    this.questions.clear();
    await Promise.all(questions.map(async ([key, read]) => this.answers.set(key, await read())));
    return questions.length > 0;
  }

  /** What `read` gives, once it was read; before that `otherwise`. */
  ask(question, read, otherwise) {
    const key = keyOf(question);
    if (!this.answers.has(key)) this.questions.set(key, read);
    return this.answers.has(key) ? this.answers.get(key) : otherwise;
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
    return piecesOf(text, this.analyzer, this.regional).map((piece) => this.asParted(piece));
  }

  /** A piece, if it is a Latin word with how others part it. */
  asParted(piece) {
    const { text, isUnit } = piece;
    if (isUnit) return piece;
    const forms = this.atCapitals.get(text) ??
      (mayBeParted(text) ? this.ask(["parted", text], () => partedInTexts(text, this.count), []) : []);
    return forms.length ? { ...piece, equals: [...piece.equals, ...forms] } : piece;
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
    return lookedUp(this.piecesApart(runs), this.analyzer);
  }

  /** What a query looks up by numbers in documents that it does not name; null where it looks up nothing so. */
  numbered(tree) {
    const runs = plainRuns(tree);
    return runs.some((run) => run.quoted) ? null : numbered(this.piecesApart(runs), this.analyzer);
  }

  /** The pieces of all runs, a space behind each. */
  piecesApart(runs) {
    return runs.flatMap((run) => [...this.pieces(this.analyzer.key(run.text)), SPACE]);
  }

  /** Where within an article a query asks; null where it asks for all of it, or for none. */
  stepsIntoArticle(tree) {
    const runs = plainRuns(tree);
    return runs.some((run) => run.quoted) ? null : stepsIntoArticle(this.piecesApart(runs));
  }

  /** The articles within which a query asks, as headings are called. */
  articles(tree) {
    return articlesIn(plainRuns(tree).flatMap((run) => this.pieces(this.analyzer.key(run.text))));
  }

  /** The first passages that a tree is true for; none before they are read. */
  passages(tree) {
    return this.ask(["passages", tree], () => this.findPassages(tree), []);
  }

  /** How many passages a tree is true for; 0 before that is read. */
  counted(tree) {
    return this.ask(["counted", tree], () => this.count(tree), 0);
  }

  /** Whether a query is a compound whose last character, wherever it stands, begins another word. */
  runsOn(tree) {
    const runs = plainRuns(tree);
    if (runs.length !== 1 || runs[0].quoted) return false;
    const run = this.analyzer.key(runs[0].text);
    return this.ask(["runsOn", run], () => runsOn(run, this.analyzer, this.count), false);
  }

  /** What stands for a word that the corpus does not hold; what is not read yet counts as nothing. */
  parts(word) {
    return this.ask(["parts", word], () => this.findParts(word), NOTHING);
  }

  /** What a word is called otherwise that the corpus does not hold, else what is in it. */
  async findParts(word) {
    const others = (this.regional && this.analyzer.regional.get(word)) || [];
    if (others.length && !(await this.count(literal([word])))) {
      const counts = await Promise.all(others.map((other) => this.count(literal([other]))));
      const found = others.filter((_, at) => counts[at]);
      if (found.length) return { ...NOTHING, words: found };
    }
    return partsOf(word, this.analyzer, this.count, this.alone.has(word));
  }

  /** Folded runs beside each other that are Latin words, which some text joins; null of others. */
  joined(runs) {
    const words = joined(runs);
    return words && this.ask(["joined", words], () => isJoinedInTexts(words, this.count), false) ? words : null;
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
