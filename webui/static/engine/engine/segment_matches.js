// Twin of indexer/engines/whoosh/collecting/segment_matches.py, indexer/engines/definition/page.py.
// What a query finds: tiers, filters, order, facet counts.
import { TIERS } from "../model/choices.js";
import { countFacet } from "./facets.js";
import { filterMasks } from "./filters.js";
import { RESCORED } from "./scoring.js";

const SOME = TIERS.indexOf("some");

export class SegmentMatches {
  constructor(index, evaluator, plan, scores, options) {
    this.corpus = index.corpus;
    this.scores = scores;
    this.options = options;
    this.tierOf = plan.tiers.map(([tier]) => TIERS.indexOf(tier)); // of each grade
    this.grades = new Uint8Array(this.corpus.size).fill(plan.tiers.length);
    for (let grade = plan.tiers.length - 1; grade >= 0; grade--) {
      evaluator.mask(plan.tiers[grade][1]).forEach((matches, row) => matches && (this.grades[row] = grade));
    }
    this.leading = plan.precedence.map((tree) => evaluator.mask(tree));
    this.masks = filterMasks(this.corpus, options.filters);
    this.hits = this.passing("");
    this.gradeCounts = this.tierOf.map((_, grade) => this.hits.reduce((sum, row) => sum + (this.grades[row] === grade), 0));
    this.counts = TIERS.map((_, tier) => this.gradeCounts.reduce((sum, count, at) => sum + (this.tierOf[at] === tier ? count : 0), 0));
  }

  /** Rows that are hits under all filters but `without`. */
  passing(without) {
    const masks = [...this.masks].filter(([name]) => name !== without).map(([, mask]) => mask);
    const rows = [];
    for (let row = 0; row < this.grades.length; row++) {
      if (this.grades[row] < this.tierOf.length && masks.every((mask) => mask[row])) rows.push(row);
    }
    return this.options.scope === "section" ? this.bestOfSections(rows) : rows;
  }

  /** Of each section the row that scores best, the first of equal ones. */
  bestOfSections(rows) {
    const best = new Map();
    for (const row of rows) {
      const node = this.corpus.nodes[row], score = this.scores.firstStage(row);
      if (!best.has(node) || score > best.get(node)[0]) best.set(node, [score, row]);
    }
    return [...best.values()].map(([, row]) => row).sort((one, other) => one - other);
  }

  facet(name) {
    const rows = this.masks.has(name) ? this.passing(name) : this.hits;
    return countFacet(name, rows, (row) => this.isSome(row), this.corpus, this.options);
  }

  isSome(row) {
    return this.tierOf[this.grades[row]] === SOME;
  }

  /** Hits in each chapter, in reading order: those with most, and whether there are more. */
  chapters() {
    const { corpus } = this, counts = new Map();
    for (const row of this.hits) {
      const chapter = corpus.chapterOf(row), counted = counts.get(chapter) ?? { chapter, count: 0, some: 0 };
      counted[this.isSome(row) ? "some" : "count"]++;
      counts.set(chapter, counted);
    }
    const most = [...counts.values()].sort((one, other) => other.count - one.count || other.some - one.some || one.chapter - other.chapter);
    const shown = most.slice(0, this.options.chapters).sort((one, other) => one.chapter - other.chapter);
    return [shown.map(({ chapter, count, some }) => ({
      document: corpus.documents[corpus.owners[chapter]].id, chapter: corpus.paths[chapter][0] ?? null, count, some,
    })), counts.size > this.options.chapters];
  }

  /**
   * The hits of the page asked for: {row, tier, score, proximity, folded}, of which `folded` are the rows of other hits
   * that it stands for. `entries` is the length of the list, `groups` are the documents whose hits these are.
   */
  page(sort) {
    const { offset, limit, collapse, group } = this.options;
    this.entries = this.hits.length;
    this.groups = [];
    if (collapse !== "none" || group !== "none") return this.listedPage(sort);
    if (!limit) return [];
    const hits = sort === "relevance" ? this.byRelevance(offset + limit) : this.inOrder(sort);
    return hits.slice(offset, offset + limit);
  }

  /** The page of a list in which several hits are one, or stand by document. */
  listedPage(sort) {
    const { offset, limit, group } = this.options;
    const listed = this.folded(sort === "relevance" ? this.byRelevance(this.hits.length) : this.inOrder(sort, 0, this.hits.length));
    if (group === "none") {
      this.entries = listed.length;
      return listed.slice(offset, offset + limit);
    }
    const byDocument = grouped(listed, ({ row }) => this.corpus.ownerOf(row));
    this.entries = byDocument.size;
    const shown = [...byDocument].slice(offset, offset + limit).map(([owner, hits]) => [owner, hits.slice(0, this.options.group_limit)]);
    this.groups = shown.map(([owner, hits]) => this.groupOf(owner, hits.length));
    return shown.flatMap(([, hits]) => hits);
  }

  groupOf(owner, size) {
    const own = this.hits.filter((row) => this.corpus.ownerOf(row) === owner);
    const some = own.filter((row) => this.isSome(row)).length;
    return { document: this.corpus.documents[owner], count: own.length - some, some, size };
  }

  /** The first hit of those that are one, with the rows of the others. */
  folded(hits) {
    const same = [...grouped(hits, ({ row }) => this.foldKey(row)).values()];
    return same.map(([first, ...others]) => ({ ...first, folded: others.map(({ row }) => row) }));
  }

  /** What a hit shares with those that it is one with. */
  foldKey(row) {
    const { collapse } = this.options, { copies, nodes, parents } = this.corpus;
    if (collapse === "text") return copies.get(row) ?? row;
    return collapse === "section" && parents[nodes[row]] !== nodes[row] ? `section ${nodes[row]}` : row;
  }

  byRelevance(end) {
    const wanted = Math.max(end, RESCORED);
    const rows = this.hits.filter((row) => this.grades[row] <= this.worstGrade(wanted));
    const ordered = rows.map((row) => this.hitOf(row)).sort((one, other) => this.compare(one, other)).slice(0, wanted);
    const weights = this.scores.pairWeights();
    if (!weights.size || (this.options.offset >= RESCORED && this.options.collapse === "none" && this.options.group === "none")) return ordered;
    const first = ordered.slice(0, RESCORED);
    for (const hit of first) {
      hit.proximity = this.scores.proximity(hit.row, weights);
      hit.score = this.scores.rescored(hit.row, hit.proximity);
    }
    return [...first.sort((one, other) => this.compare(one, other)), ...ordered.slice(RESCORED)];
  }

  /** The worst grade that a hit among the first `wanted` can be of, or one that is worse. */
  worstGrade(wanted) {
    let found = 0;
    return this.gradeCounts.findIndex((count) => (found += count) >= wanted) + 1 || this.tierOf.length;
  }

  inOrder(sort, offset = this.options.offset, limit = this.options.limit) {
    const ranks = this.corpus.orders[sort];
    const rank = (row) => ranks[this.corpus.ownerOf(row)];
    const isSome = (row) => (this.isSome(row) ? 1 : 0);
    const rows = [...this.hits].sort((one, other) => isSome(one) - isSome(other) || rank(one) - rank(other) || one - other);
    return rows.map((row, at) => (at >= offset && at < offset + limit ? this.hitOf(row) : null));
  }

  /** How far back `precedence` puts a row within its grade: the first tree counts most. */
  rank(row) {
    return this.leading.reduce((rank, mask) => 2 * rank + (mask[row] ? 0 : 1), 0);
  }

  hitOf(row) {
    const grade = this.grades[row];
    return { row, grade, tier: this.tierOf[grade], score: this.scores.firstStage(row), proximity: {} };
  }

  compare(one, other) {
    const ranks = this.corpus.orders.relevance;
    return one.grade - other.grade || this.rank(one.row) - this.rank(other.row) || other.score - one.score
      || ranks[this.corpus.ownerOf(one.row)] - ranks[this.corpus.ownerOf(other.row)] || one.row - other.row;
  }
}

/** Elements by what they share, in order. */
function grouped(elements, keyOf) {
  const found = new Map();
  for (const each of elements) {
    const key = keyOf(each), held = found.get(key);
    if (held) held.push(each);
    else found.set(key, [each]);
  }
  return found;
}
