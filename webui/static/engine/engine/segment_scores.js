// Twin of indexer/engines/whoosh/collecting/segment_scores.py, indexer/engines/whoosh/collecting/proximity.py.
// The formulas of scoring.js on the passages of a corpus.
import {
  bm25, CONTEXT, headingPairs, idf, LOCAL, PASSAGE_SHAPE, proximity, SECOND_STAGE, SECTION_SHAPE, weightedSum, WIDE_SHAPE,
  termFactor, withKind,
} from "./scoring.js";
import { bisect } from "../analysis/characters.js";

// For every part that counts terms: the level it counts them at, which terms, what lengths are counted in, and the shape.
const COUNTED = {
  words: ["passages", "words", "words", PASSAGE_SHAPE],
  characters: ["passages", "characters", "characters", PASSAGE_SHAPE],
  section_words: ["sections", "words", "words", SECTION_SHAPE],
  section_characters: ["sections", "characters", "characters", SECTION_SHAPE],
  chapter_words: ["chapters", "words", "words", WIDE_SHAPE],
  document: ["documents", "pairs", "characters", WIDE_SHAPE],
  headings: ["headings", "pairs", "characters", WIDE_SHAPE],
};

export class SegmentScores {
  constructor(index, plan) {
    this.index = index;
    this.corpus = index.corpus;
    this.levels = index.levels;
    this.terms = plan.terms;
    this.headingsAsked = plan.headingsAsked;
    this.isScoring = this.terms.words.length + this.terms.characters.length > 0;
    this.values = new Map();
  }

  /** The score of a row without the second stage. */
  firstStage(row) {
    return this.isScoring ? this.withKind(this.firstSum(row), row) : 0;
  }

  /** The score of a row with the parts of the second stage. */
  rescored(row, proximity) {
    const first = this.isScoring ? this.firstSum(row) : 0;
    return this.withKind(first + weightedSum(SECOND_STAGE, (name) => proximity[name]), row);
  }

  /** The unweighted parts of the first stage of a row. */
  parts(row) {
    if (!this.isScoring) return {};
    return Object.fromEntries([...LOCAL, ...CONTEXT].map((name) => [name, this.part(name, row)]));
  }

  withKind(total, row) {
    return withKind(total, this.corpus.kinds[row], this.headingsAsked);
  }

  firstSum(row) {
    const partOf = (name) => this.part(name, row);
    return 0 + weightedSum(LOCAL, partOf) + weightedSum(CONTEXT, partOf);
  }

  part(name, row) {
    const node = this.corpus.nodes[row];
    if (name === "named") return this.named(node);
    const [level] = COUNTED[name];
    const values = this.valuesOf(name);
    if (level === "passages") return values[row];
    if (level === "headings") return values[node];
    return this.levels.hasContext[node] ? values[this.levels.ofNodes[level][node]] : 0;
  }

  /** 1 where a run of the query is the deepest heading itself. */
  named(node) {
    const { corpus } = this;
    if (corpus.parents[node] === node) return 0;
    return this.terms.names.includes(corpus.foldedNames[corpus.headings[node]].text) ? 1 : 0;
  }

  /** BM25 of the terms of a part for each member of its level, summed in their order. */
  valuesOf(name) {
    if (!this.values.has(name)) this.values.set(name, this.computed(...COUNTED[name]));
    return this.values.get(name);
  }

  computed(level, kind, field, shape) {
    const { lengths, members, average } = this.levels.lengths(level, field);
    const terms = level === "headings" ? headingPairs(this.terms[kind]) : this.terms[kind];
    const values = new Float64Array(lengths.length);
    for (const term of terms) {
      const counts = level === "headings" ? this.levels.inHeadings(term) : this.levels.totals(level, this.posting(kind, term));
      const weight = idf(members, counts.reduce((sum, count) => sum + (count > 0), 0)) * termFactor(this.terms, term);
      for (let each = 0; each < values.length; each++) {
        if (counts[each]) values[each] += bm25(counts[each], lengths[each], average, weight, shape);
      }
    }
    return values;
  }

  posting(kind, term) {
    const { postings } = this.index;
    if (kind === "words") return postings.word(term);
    return kind === "characters" ? postings.character(term) : { rows: this.corpus.rowsAt(postings.pairPositions(term)) };
  }

  /** The idf among passages of the query's pairs that stand in any. */
  pairWeights() {
    const weights = new Map();
    for (const pair of this.terms.pairs) {
      const rows = this.corpus.rowsAt(this.index.postings.pairPositions(pair));
      const frequency = rows.reduce((sum, row, at) => sum + (!at || row !== rows[at - 1] ? 1 : 0), 0);
      if (frequency) weights.set(pair, idf(this.corpus.size, frequency) * termFactor(this.terms, pair));
    }
    return weights;
  }

  /** The parts of the second stage of a row. */
  proximity(row, weights) {
    const start = this.corpus.starts[row], end = this.corpus.starts[row + 1], found = [];
    for (const pair of weights.keys()) {
      const positions = this.index.postings.pairPositions(pair);
      for (let at = bisect(positions, start); at < positions.length && positions[at] < end; at++) {
        found.push([positions[at] - start, pair]);
      }
    }
    return { ...proximity(found.sort((one, other) => one[0] - other[0]), weights), amount: this.amounts.has(row) ? 1 : 0 };
  }

  /** The rows that hold what tells of an amount. */
  get amounts() {
    this.knownAmounts ??= new Set(this.terms.amounts.flatMap((each) => [...this.index.postings.rowsWith(each)]));
    return this.knownAmounts;
  }
}
