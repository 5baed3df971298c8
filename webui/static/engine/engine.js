// No twin: the entrance; Python has one for indexes on disk.
// The entrance of the static search: `open` a folder that `xunzhang export-static` wrote, then `search` it.
//
//     import { open } from "./engine/engine.js";
//     const index = await open("https://example.org/search/");
//     const answer = await index.search({ q: "数据安全", limit: 10 });
//
// An answer has the shape of `GET /api/v1/search`; a failure is {error: {code, message, hint}}. No function rejects.
//
// The rooms bear the names of those of `indexer`, and each imports only those before it: `model` (what may be asked),
// `analysis` (folding, words), `query` (a string becomes trees), `engine` (which passages, in which order), `search` (a
// hit as it is shown). A module says in its first line which modules of Python it has to agree with; what changes in one
// changes in the other.
import { Analyzer } from "./analysis/analyzer.js";
import { Folding } from "./analysis/fold.js";
import { Segmenter } from "./analysis/segmenter.js";
import { Corpus } from "./engine/corpus.js";
import { literalTerms, TreeEvaluator } from "./engine/evaluator.js";
import { Levels } from "./engine/levels.js";
import { Postings } from "./engine/postings.js";
import { SegmentMatches } from "./engine/segment_matches.js";
import { SegmentScores } from "./engine/segment_scores.js";
import { Store } from "./engine/store.js";
import { Texts } from "./engine/stored_texts.js";
import { badParameter, SearchError } from "./errors.js";
import { BOUNDS, TIERS } from "./model/choices.js";
import { checkQuery, readOptions } from "./query/options.js";
import { Names } from "./query/names.js";
import { parse } from "./query/parser.js";
import { makePlan, textsOf } from "./query/planner.js";
import { QueryWords } from "./query/query_words.js";
import { filterWarnings } from "./search/filter_check.js";
import { completeQuery } from "./search/completion.js";
import { documentsOf, findPassage, layoutOf, passagesOf } from "./search/documents.js";
import { documentToDict, hitToDict } from "./search/objects.js";

// Passages that articles of one number are read to, in all documents of one name.
const OF_ARTICLES = 500;

/**
 * Opens an export. If it cannot be read, every search says so, and tries again.
 *
 * `options.fetch` replaces the browser's `fetch`: (url, {signal}) → promise of a Response.
 */
export async function open(base, options = {}) {
  const index = new Index(base, options.fetch);
  await index.ready().catch(() => null);
  return index;
}

export class Index {
  constructor(base, fetchFile) {
    this.base = base;
    this.fetchFile = fetchFile;
    this.opening = null;
  }

  /** Changes with every export whose content differs; null while it could not be opened. */
  get generation() {
    return this.store?.generation ?? null;
  }

  /** Passages for a query; parameters as the API takes them, lists where it takes several values. */
  search(parameters = {}) {
    return inEnvelope(async () => {
      const options = readOptions(parameters);
      await this.ready();
      this.require(options.collapse === "text", "copies", "这次导出里没有文字相同的段落。");
      return this.answer(options);
    });
  }

  /** How a query may go on: {q, limit} → an object as of `GET /api/v1/suggest`, without what is spelt in pinyin. */
  suggest({ q = "", limit } = {}) {
    return inEnvelope(async () => {
      const query = checkQuery(q);
      await this.ready();
      this.require(true, "completions", "这次导出里没有检索建议。");
      return { query, suggestions: await completeQuery(this, query, limit) };
    });
  }

  /** All documents in reading order: {documents}. */
  documents() {
    return inEnvelope(async () => {
      await this.ready();
      return { documents: documentsOf(this) };
    });
  }

  /** A document before its texts are read (`layoutOf`); `id` is its id. */
  layout(id) {
    return inEnvelope(async () => {
      await this.ready();
      this.require(true, "digests", "这次导出里的文档不能整篇阅读。");
      return layoutOf(this, id);
    });
  }

  /** Its passages from one ordinal up to another: {passages}, as of `GET /api/v1/document`. */
  passages(id, start, end) {
    return inEnvelope(async () => {
      await this.ready();
      return { passages: await passagesOf(this, id, start, end) };
    });
  }

  /** Where an id of a passage or a permalink leads by now: {permalink}. */
  find(permalink) {
    return inEnvelope(async () => {
      await this.ready();
      this.require(true, "digests", "这次导出里的文档不能整篇阅读。");
      return { permalink: await findPassage(this, permalink) };
    });
  }

  /** Refuses what needs files that exports of this format did not always have. */
  require(isAsked, name, message) {
    if (isAsked && !this.extras.includes(name)) throw badParameter(message, "请用新版的寻章重新导出。");
  }

  ready() {
    this.opening ??= this.load().catch((error) => {
      this.opening = null;
      throw error;
    });
    return this.opening;
  }

  async load() {
    const store = new Store(this.base, this.fetchFile);
    const core = await store.open();
    this.corpus = new Corpus(core);
    this.extras = core.about.extras ?? [];
    const folding = new Folding(this.corpus.known, this.corpus.forms, () => store.load("folding"));
    this.analyzer = new Analyzer(folding, new Segmenter(store, core.about.query), core.about.query,
      () => store.load("regional"));
    this.postings = new Postings(store, this.corpus);
    this.texts = new Texts(store, this.corpus);
    this.levels = new Levels(this.corpus);
    this.names = new Names(this.corpus.titles);
    this.store = store;
  }

  async answer(options) {
    const started = performance.now();
    const [tree, warnings] = parse(options.q, this.corpus.columns);
    const plan = await this.plan(options, tree);
    const evaluator = new TreeEvaluator(this, options.scope);
    await Promise.all([evaluator.ensure([...plan.tiers.map(([, each]) => each), ...plan.precedence]), this.postings.ensure(rankingTerms(plan))]);
    this.corpus.fold(this.analyzer.folding);
    const scores = new SegmentScores(this, plan);
    const matches = new SegmentMatches(this, evaluator, plan, scores, options);
    if (options.collapse === "text") await this.corpus.ensureCopies(() => this.store.load("copies"));
    const page = matches.page(plan.runs.length || options.sort !== "relevance" ? options.sort : "order");
    const hits = await Promise.all(page.map((hit) => hitToDict(this, hit, plan, scores, options)));
    const facets = options.facets.map((name) => [name, ...matches.facet(name)]);
    const [chapters, isCut] = options.chapters ? matches.chapters() : [[], false];
    const { entries } = matches;
    const following = options.offset + options.limit;
    return {
      query: options.q,
      total: matches.counts[0] + matches.counts[1],
      at_least: evaluator.atLeast,
      tiers: Object.fromEntries(TIERS.map((tier, at) => [tier, matches.counts[at]])),
      generation: this.generation,
      took_ms: performance.now() - started,
      warnings: [...warnings, ...plan.warnings, ...filterWarnings(this.corpus, options.filters), ...evaluator.warnings],
      suggestions: [],
      hits,
      facets: Object.fromEntries(facets.map(([name, values]) => [name, values])),
      truncated: [...facets.filter(([, , truncated]) => truncated).map(([name]) => name), ...(isCut ? ["chapters"] : [])],
      entries,
      next_offset: options.limit && following < Math.min(entries, BOUNDS.offset.most + 1) ? following : null,
      groups: groupsOf(matches.groups, hits),
      chapters,
      named: plan.named.map((id) => this.corpus.documents.find((each) => each.id === id)).map(documentToDict),
      like: null, // passages are not compared here
      synonyms: plan.synonyms,
    };
  }

  /** How many passages a tree is true for. */
  async count(tree) {
    const evaluator = new TreeEvaluator(this, "passage");
    await evaluator.ensure([tree]);
    return evaluator.mask(tree).reduce((sum, is) => sum + is, 0);
  }

  /** The first passages that a tree is true for, in the order of their documents: {id, ordinal, kind, path, text}. */
  async firstPassages(tree) {
    const evaluator = new TreeEvaluator(this, "passage"), { corpus } = this;
    await evaluator.ensure([tree]);
    corpus.fold(this.analyzer.folding);
    const mask = evaluator.mask(tree), rows = [...mask.keys()].filter((row) => mask[row]).slice(0, OF_ARTICLES);
    return Promise.all(rows.map(async (row) => ({
      id: corpus.documents[corpus.ownerOf(row)].id,
      ordinal: corpus.ordinalOf(row),
      kind: corpus.kinds[row],
      path: corpus.paths[corpus.nodes[row]],
      text: await this.texts.text(row),
    })));
  }

  async plan(options, tree) {
    const texts = [options.q, ...textsOf(tree)];
    await this.analyzer.ensure(options.q, texts);
    const words = new QueryWords(this.analyzer, this.names, {
      count: (each) => this.count(each), passages: (each) => this.firstPassages(each),
    }, options.q, options.script === "any");
    const plan = () => makePlan(options.q, tree, this.analyzer, options, words);
    let made = plan();
    while (await words.read()) made = plan();
    return made;
  }
}

/** The groups of a page, whose hits stand one after the other. */
function groupsOf(groups, hits) {
  let at = 0;
  return groups.map(({ document, count, some, size }) => ({
    document: documentToDict(document), count, some, hits: hits.slice(at, (at += size)).map(({ id }) => id),
  }));
}

/** What is found, or what went wrong. */
async function inEnvelope(find) {
  try {
    return await find();
  } catch (error) {
    if (error instanceof SearchError) return error.envelope();
    return new SearchError("error", `检索程序出错：${error.message}。`, "请刷新页面再试。").envelope();
  }
}

/** The postings that ranking needs; a word's also where its characters stand. */
function rankingTerms({ terms }) {
  const standing = literalTerms([...terms.words, ...terms.amounts]);
  return {
    pairs: [...terms.pairs, ...standing.pairs],
    characters: [...terms.characters, ...standing.characters],
    words: terms.words,
  };
}
