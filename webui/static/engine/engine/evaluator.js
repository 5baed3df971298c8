// Twin of indexer/engines/whoosh/matching/evaluator.py.
// Trees → which rows they are true for. What must be read for it is read before.
import { FIGURES, holds, isBound, isTyped, POINTS, POINTS_BEFORE, Value, WHOLE_KINDS } from "../query/spans.js";
import { isWild, keyOf, leaves, spellingsOf, warning } from "../model/queries.js";
import { isBounded, piecesOf, share, WARNING } from "./budget.js";
import { pairsIn } from "./postings.js";
import { bisect, characters, distinct } from "../analysis/characters.js";
import { isInYears } from "../model/years.js";

// Blocks of passages that are read to verify one wildcard, at most; about 3 kB each on the way.
const BLOCKS_LIMIT = 400;

export class TreeEvaluator {
  constructor(index, scope) {
    this.index = index;
    this.corpus = index.corpus;
    this.bySection = scope === "section";
    this.masks = new Map();
    this.verified = new Map();
    this.beyond = new Map(); // leaf → rows that are not looked at
    this.touching = new Map();
    this.warnings = [];
  }

  /** Reads what the masks of `trees` need. */
  async ensure(trees) {
    const every = new Map(trees.flatMap((tree) => leaves(tree, true)).map((leaf) => [keyOf(leaf), leaf]));
    const texts = [...every.values()].flatMap(literalsOf);
    const ends = distinct([...every.values()].flatMap(wholesOf)).flatMap(touchingPairs);
    const positioned = [...every.values()].filter(needsPositions).flatMap(literalsOf).filter(isSingle);
    positioned.push(...[...every.values()].flatMap(wholesOf).filter(isSingle));
    const { postings } = this.index;
    await Promise.all([postings.ensure(literalTerms(texts)), postings.ensure({ pairs: ends }), ...distinct(positioned).map((char) => postings.ensurePositions(char))]);
    this.bound([...every].filter(([, leaf]) => isBounded(leaf)));
    for (const [key, leaf] of every) {
      if (isAtEdge(leaf)) this.verified.set(key, await this.atEdges(leaf));
      else if (mustBeSeen(leaf)) this.verified.set(key, await this.verify(leaf, key));
    }
  }

  /** Whether what is counted is a lower bound. */
  get atLeast() {
    return this.beyond.size > 0;
  }

  /** Takes the candidates after the first ones, by document id and ordinal, out of those that are looked at. */
  bound(leaves) {
    const most = share(leaves.length);
    if (this.corpus.size <= most) return;
    const rank = (row) => this.corpus.orders.relevance[this.corpus.ownerOf(row)];
    for (const [key, leaf] of leaves) {
      const rows = this.candidates(leaf).sort((one, other) => rank(one) - rank(other) || one - other).slice(most);
      if (rows.length) this.beyond.set(key, new Set(rows));
    }
    if (this.atLeast) this.warnings.push(WARNING);
  }

  /** What is beyond makes fewer hits: not there where a leaf is asked for, there where it is negated. */
  mask(node, negated = false) {
    if (node.children) return this.combined(node, negated);
    if (node.type === "Not") return this.mask(node.child, !negated).map((each) => 1 - each);
    const key = keyOf(node), kept = `${negated} ${key}`;
    if (!this.masks.has(kept)) {
      const mask = new Uint8Array(this.corpus.size);
      this.mark(mask, node, key, negated);
      this.masks.set(kept, this.bySection ? this.spread(mask) : mask);
    }
    return this.masks.get(kept);
  }

  combined(node, negated) {
    const isAnd = node.type === "And";
    const mask = new Uint8Array(this.corpus.size).fill(isAnd ? 1 : 0);
    for (const child of node.children) {
      const other = this.mask(child, negated);
      for (let row = 0; row < mask.length; row++) mask[row] = isAnd ? mask[row] & other[row] : mask[row] | other[row];
    }
    return mask;
  }

  mark(mask, leaf, key, negated) {
    if (leaf.type === "Years") return this.markDocuments(mask, (document) => isInYears(document.year, leaf));
    if (leaf.type === "OfDocuments") return this.markOfDocuments(mask, leaf);
    if (leaf.type === "OnePassage") return this.markOnePassage(mask, leaf);
    for (const zone of leaf.zones) {
      if (zone !== "text") this.markZone(mask, zone, leaf);
      else this.markText(mask, leaf, key, negated);
    }
  }

  markText(mask, leaf, key, negated) {
    const beyond = this.beyond.get(key) ?? new Set();
    for (const row of this.verified.get(key) ?? this.textRows(leaf)) if (!beyond.has(row)) mask[row] = 1;
    if (negated) for (const row of beyond) mask[row] = 1;
  }

  /** Rows whose text holds a leaf, by postings alone. */
  textRows(leaf) {
    return leaf.type === "Within" ? this.withinRows(leaf) : this.literalRows(leaf);
  }

  markOfDocuments(mask, { ids, opening }) {
    const { corpus } = this;
    if (!opening) return this.markDocuments(mask, (document) => ids.includes(document.id));
    corpus.documents.forEach((document, at) => {
      const first = corpus.firstRows[at], end = corpus.firstRows[at + 1] ?? corpus.size;
      if (!ids.includes(document.id) || first === end) return;
      const title = corpus.kinds.slice(first, end).indexOf("title");
      mask[first + Math.max(0, title)] = 1;
    });
  }

  markOnePassage(mask, { id, ordinal }) {
    const { corpus } = this, at = corpus.documents.findIndex((document) => document.id === id), row = corpus.firstRows[at] + ordinal;
    if (at >= 0 && row < (corpus.firstRows[at + 1] ?? corpus.size)) mask[row] = 1;
  }

  literalRows(literal) {
    const { size } = this.corpus;
    const anywhere = literal.alternatives.flatMap((spelling) =>
      spelling ? [...this.index.postings.rowsWith(spelling)] : Array.from({ length: size }, (_, row) => row));
    return [...anywhere, ...literal.whole.flatMap((spelling) => [...this.corpus.rowsAt(this.wholeBegins(spelling))])];
  }

  /** Where a text stands whole. */
  wholeBegins(text) {
    const begins = this.index.postings.positions(text), chars = characters(text);
    const before = this.goingOn(chars[0], -1), after = this.goingOn(chars.at(-1), 1), last = chars.length - 1;
    return begins.filter((begin) => !before.has(begin) && !after.has(begin + last));
  }

  /** Where `end` stands with something on one side that belongs to it. */
  goingOn(end, step) {
    const key = `${end} ${step}`;
    if (!this.touching.has(key)) {
      const kind = kindOf(end), found = new Set();
      for (const other of kind) for (const position of this.beside(end, other, step)) found.add(position);
      for (const point of pointsOf(kind, step)) {
        const pointed = this.beside(end, point, step);
        if (!pointed.length) continue;
        const figures = new Set(kind.flatMap((figure) => [...this.beside(point, figure, step)]));
        for (const position of pointed) if (figures.has(position + step)) found.add(position);
      }
      this.touching.set(key, found);
    }
    return this.touching.get(key);
  }

  /** Where `char` stands with `other` right before (`step` -1) or after it (1). */
  beside(char, other, step) {
    const { postings } = this.index;
    return step > 0 ? postings.pairPositions(char + other) : postings.pairPositions(other + char).map((at) => at + 1);
  }

  markZone(mask, zone, leaf) {
    const { corpus, index } = this;
    corpus.fold(index.analyzer.folding);
    const has = (original, folded) => holds(new Value(folded, original, [folded.chars.length]), leaf);
    if (zone === "section") {
      const names = corpus.names.map((name, at) => has(name, corpus.foldedNames[at]));
      const nodes = [];
      corpus.parents.forEach((parent, node) => (nodes[node] = parent !== node && (nodes[parent] || names[corpus.headings[node]])));
      corpus.nodes.forEach((node, row) => (mask[row] |= nodes[node] ? 1 : 0));
    } else if (zone === "topic") {
      const sets = corpus.topicSets.map((topics, at) => topics.some((topic, n) => has(topic, corpus.foldedTopics[at][n])));
      corpus.topics.forEach((set, row) => (mask[row] |= sets[set] ? 1 : 0));
    } else {
      const fold = (text) => index.analyzer.fold(text);
      const values = {
        title: (each, at) => has(each.fullTitle, corpus.foldedTitles[at]),
        document: (each, at) => has(each.fullTitle, corpus.foldedTitles[at]) || has(each.path, fold(each.path)),
        tag: (each) => each.tags.some((tag) => has(tag, fold(tag))),
        field: (each) => each.fields.some(([name, value]) => name === leaf.column && has(value, fold(value))),
        work: (each) => each.work !== null && has(each.work, fold(each.work)),
      };
      this.markDocuments(mask, values[zone]);
    }
  }

  markDocuments(mask, test) {
    const kept = this.corpus.documents.map(test);
    this.corpus.nodes.forEach((node, row) => (mask[row] |= kept[this.corpus.owners[node]] ? 1 : 0));
  }

  /** True for every row of a section as soon as it is true for one of them. */
  spread(mask) {
    const present = new Uint8Array(this.corpus.parents.length);
    this.corpus.nodes.forEach((node, row) => (present[node] |= mask[row]));
    return Uint8Array.from(this.corpus.nodes, (node) => present[node]);
  }

  /** Rows in which a text stands where a segmented piece begins or ends. */
  async atEdges({ pieces: [text], startsWord }) {
    const { postings, texts } = this.index;
    const positions = postings.positions(text), rows = this.corpus.rowsAt(positions);
    const size = startsWord ? 0 : characters(text).length, edges = new Map();
    await Promise.all(distinct(rows).map(async (row) => edges.set(row, await texts.edges(row))));
    const kept = new Set();
    rows.forEach((row, at) => {
      const edge = positions[at] + size - this.corpus.starts[row], own = edges.get(row);
      if (own[bisect(own, edge)] === edge) kept.add(row);
    });
    return kept;
  }

  /** Rows of `within` by the positions of its sides. */
  withinRows({ left, right, distance }) {
    const [lefts, rights] = [left, right].map((side) => this.occurrences(side));
    const starts = rights.map(([start]) => start);
    const widest = Math.max(0, ...spellingsOf(right).map((text) => characters(text).length));
    return new Set(lefts.filter(([start, end, row]) => {
      for (let at = bisect(starts, start - distance - widest); at < rights.length && starts[at] <= end + distance; at++) {
        const [a, b, other] = rights[at];
        if (row === other && ((a >= end && a - end <= distance) || (start >= b && start - b <= distance))) return true;
      }
      return false;
    }).map(([, , row]) => row));
  }

  /** Where a literal stands: first and last position, and row. */
  occurrences(literal) {
    const begins = [...literal.alternatives.map((text) => [text, this.index.postings.positions(text)]),
      ...literal.whole.map((text) => [text, this.wholeBegins(text)])];
    const found = begins.flatMap(([text, begins]) => {
      const rows = this.corpus.rowsAt(begins);
      return Array.from(begins, (begin, at) => [begin, begin + characters(text).length, rows[at]]);
    });
    return found.sort((one, other) => one[0] - other[0]);
  }

  /** Rows whose text, which is read, holds a leaf. */
  async verify(leaf, key) {
    const { texts, analyzer } = this.index;
    const beyond = this.beyond.get(key) ?? new Set();
    const candidates = this.bounded(this.candidates(leaf).filter((row) => !beyond.has(row)), leaf, key);
    const kept = await Promise.all(candidates.map(async (row) => {
      const [text, lengths] = await Promise.all([texts.text(row), isBound(leaf) ? texts.cuts(row) : []]);
      return holds(new Value(analyzer.fold(text), text, lengths), leaf);
    }));
    return candidates.filter((_, at) => kept[at]);
  }

  candidates(leaf) {
    const rowsOf = (alternatives) => new Set(this.literalRows({ alternatives, whole: [] }));
    const lists = piecesOf(leaf).map(rowsOf);
    const [first, ...others] = lists.sort((one, other) => one.size - other.size);
    return [...first].filter((row) => others.every((other) => other.has(row))).sort((one, other) => one - other);
  }

  bounded(rows, leaf, key) {
    const blocks = new Set(), left = new Set(this.beyond.get(key));
    const kept = rows.filter((row) => {
      const block = this.corpus.blockOf(row);
      if (blocks.size >= BLOCKS_LIMIT && !blocks.has(block)) {
        left.add(row);
        return false;
      }
      return blocks.add(block);
    });
    if (kept.length < rows.length) {
      this.beyond.set(key, left);
      const what = leaf.type === "Glob" ? `通配符“${asTyped(leaf)}”` : "这个查询";
      this.warnings.push(warning("static_bounded",
        `${what}的范围太大，只检查了 ${rows.length} 个候选段落中的前 ${kept.length} 个；请多写几个字。`));
    }
    return kept;
  }
}

const asTyped = (glob) =>
  (glob.endsWord ? "*" : "") + glob.pieces.map((piece) => piece.wild ?? piece).join("") + (glob.startsWord ? "*" : "");

const isSingle = (text) => characters(text).length === 1;
const inText = (leaf) => leaf.zones?.includes("text") ?? false;

/** Whether a leaf is one text at a word's boundary, which positions and the lengths of the pieces tell. */
const isAtEdge = (leaf) => inText(leaf) && isBound(leaf) && !isTyped(leaf) && leaf.pieces.length === 1;

/** Whether it matters where in a passage the texts of a leaf stand. */
const needsPositions = (leaf) => isAtEdge(leaf) || (leaf.type === "Within" && !isTyped(leaf));

/** Whether postings do not tell where a leaf stands. */
const mustBeSeen = (leaf) => inText(leaf) && (isTyped(leaf) || (leaf.type === "Glob" && !isAtEdge(leaf)));

/** The texts whose postings a leaf needs. */
function literalsOf(leaf) {
  if (leaf.type === "Within") return [leaf.left, leaf.right].flatMap(literalsOf);
  if (!leaf.zones?.includes("text")) return [];
  return leaf.type === "Glob" ? leaf.pieces.filter((piece) => !isWild(piece)) : spellingsOf(leaf);
}

/** The texts of a leaf that must stand whole, those of the text alone. */
function wholesOf(leaf) {
  if (leaf.type === "Within") return [leaf.left, leaf.right].flatMap(wholesOf);
  return leaf.type === "Literal" && inText(leaf) ? leaf.whole : [];
}

const kindOf = (end) => characters(WHOLE_KINDS.find((kind) => kind.includes(end)) ?? "");

const pointsOf = (kind, step) => (kind[0] === FIGURES[0] ? characters(step > 0 ? POINTS : POINTS_BEFORE) : []);

/** The pairs that tell whether a text goes on at either end. */
function touchingPairs(text) {
  const chars = characters(text);
  return [[chars[0], -1], [chars.at(-1), 1]].flatMap(([end, step]) => {
    const kind = kindOf(end), points = pointsOf(kind, step), pair = (char, other) => (step > 0 ? char + other : other + char);
    const pointed = points.flatMap((point) => [pair(end, point), ...kind.map((figure) => pair(point, figure))]);
    return [...kind.map((other) => pair(end, other)), ...pointed];
  });
}

/** The pairs and characters that tell where texts stand. */
export function literalTerms(texts) {
  const sizes = new Map(texts.map((text) => [text, characters(text).length]));
  return {
    pairs: texts.filter((text) => sizes.get(text) > 1).flatMap((text) => pairsIn(text).map(([pair]) => pair)),
    characters: texts.filter((text) => sizes.get(text) === 1),
  };
}
