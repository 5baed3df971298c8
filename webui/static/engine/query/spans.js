// Twin of indexer/query/spans.py.
// Where the leaves of an analysed query stand in folded characters. Ranges are half open.
import { GLOB_GAP } from "../model/choices.js";
import { visible } from "../analysis/fold.js";
import { isWild, MANY } from "../model/queries.js";
import { NUMERALS } from "../analysis/numerals.js";
import { bisect, characters, isWordCharacter } from "../analysis/characters.js";

export const FIGURES = `0123456789${NUMERALS}`;
export const POINTS = ".,点";
export const POINTS_BEFORE = `${POINTS}月`;
export const WHOLE_KINDS = [FIGURES, "abcdefghijklmnopqrstuvwxyz"];

/** A passage, a heading, a title; `lengths` are of the segmented pieces, looked at only for globs bound to a word. */
export class Value {
  constructor(folded, original, lengths) {
    this.chars = folded.chars;
    this.folded = folded;
    this.original = original;
    this.lengths = lengths;
  }

  isAsTyped(start, end, typed) {
    const [begin, stop] = this.folded.original(start, end);
    this.characters ??= characters(this.original);
    return visible(this.characters.slice(begin, stop).join("")) === visible(typed);
  }
}

export const isTyped = (leaf) => leaf.type === "Literal" ? leaf.original !== ""
  : leaf.type === "Glob" ? leaf.originals.length > 0 : isTyped(leaf.left) || isTyped(leaf.right);

export const isBound = (leaf) => leaf.type === "Glob" && (leaf.startsWord || leaf.endsWord);

export function holds(value, leaf) {
  if (leaf.type === "Literal" && !isTyped(leaf)) {
    return leaf.alternatives.some((spelling) => value.folded.text.includes(spelling)) ||
      leaf.whole.some((spelling) => wholeSpans(value, spelling).length > 0);
  }
  return spans(value, leaf).length > 0;
}

/** Where a leaf stands in a value, in order. */
export function spans(value, leaf) {
  if (leaf.type === "Literal") return literalSpans(value, leaf);
  return leaf.type === "Glob" ? globSpans(value, leaf) : withinSpans(value, leaf);
}

const byPosition = (one, other) => one[0] - other[0] || one[1] - other[1];

function unique(ranges) {
  const ordered = ranges.sort(byPosition);
  return ordered.filter((range, at) => !at || byPosition(range, ordered[at - 1]));
}

function literalSpans(value, literal) {
  const anywhere = literal.alternatives.flatMap((spelling) => spansOf(value, spelling));
  const found = [...anywhere, ...literal.whole.flatMap((spelling) => wholeSpans(value, spelling))];
  return unique(found).filter((span) => !isTyped(literal) || value.isAsTyped(...span, literal.original));
}

function spansOf(value, spelling) {
  const size = characters(spelling).length;
  return occurrences(value, spelling).map((start) => [start, start + size]);
}

const wholeSpans = (value, spelling) => spansOf(value, spelling).filter((span) => isWhole(value.chars, ...span));

/** Whether what stands at a range of folded characters goes on at neither end. */
function isWhole(chars, start, end) {
  if (start === end) return true;
  return !goesOn(chars[start], chars[start - 1], chars[start - 2], POINTS_BEFORE)
    && !goesOn(chars[end - 1], chars[end], chars[end + 1], POINTS);
}

/** Whether the characters next to an end, and farther from it, belong to what ends there. */
function goesOn(end, nearest, farther, points) {
  const kind = WHOLE_KINDS.find((each) => each.includes(end));
  if (!kind || nearest === undefined) return false;
  return kind.includes(nearest) || (kind === FIGURES && points.includes(nearest) && farther !== undefined && kind.includes(farther));
}

/** Where a text begins in a value, overlapping ones too; the empty text nowhere but in an empty look-up's end. */
function occurrences(value, text) {
  const wanted = characters(text), { chars } = value, found = [];
  if (wanted.length && !value.folded.text.includes(text)) return found;
  for (let at = 0; at + wanted.length <= chars.length; at++) {
    if (wanted.every((char, offset) => chars[at + offset] === char)) found.push(at);
  }
  return found;
}

function withinSpans(value, within) {
  const left = literalSpans(value, within.left), right = literalSpans(value, within.right);
  const widest = right.reduce((most, [start, end]) => Math.max(most, end - start), 0);
  const starts = right.map(([start]) => start);
  const near = [];
  for (const [start, end] of left) {
    const first = bisect(starts, start - within.distance - widest);
    for (let at = first; at < right.length && right[at][0] <= end + within.distance; at++) {
      const [a, b] = right[at];
      if ((a >= end && a - end <= within.distance) || (start >= b && start - b <= within.distance)) {
        near.push([start, end], [a, b]);
      }
    }
  }
  return unique(near);
}

// ── wildcards ────────────────────────────────────────────────────────────────────────────────────────────────────────

/** Every match: the shortest one from each position where one starts; bound to a word's end, the longest before each end. */
function globSpans(value, glob) {
  const segments = segmentsOf(glob);
  if (!isBound(glob)) return [...shortestEnds(value, segments)].sort(byPosition);
  const edges = [0];
  for (const length of value.lengths) edges.push(edges.at(-1) + length);
  return glob.endsWord ? toWordEnds(value, segments, edges) : fromWordStarts(value, segments, edges);
}

function fromWordStarts(value, segments, edges) {
  const ends = shortestEnds(value, segments);
  return edges.slice(0, -1).filter((start) => ends.has(start))
    .map((start) => [start, edges[bisect(edges, ends.get(start))]]);
}

function toWordEnds(value, segments, edges) {
  const starts = earliestStarts(value, segments);
  return edges.slice(1).filter((end) => starts.has(end))
    .map((end) => [edges[bisect(edges, starts.get(end), true) - 1], end]);
}

/** What stands between two stars of a glob: characters, null for any word character, and how pieces were typed. */
function segmentsOf(glob) {
  const segments = [{ chars: [], typed: [] }], originals = [...glob.originals];
  for (const piece of glob.pieces) {
    const last = segments.at(-1);
    if (isWild(piece) && piece.wild === MANY.wild) segments.push({ chars: [], typed: [] });
    else if (isWild(piece)) last.chars.push(null);
    else {
      const chars = characters(piece);
      if (originals.length) last.typed.push([last.chars.length, last.chars.length + chars.length, originals.shift()]);
      last.chars.push(...chars);
    }
  }
  return segments;
}

function startsOf(segment, value) {
  const found = [];
  for (let at = 0; at + segment.chars.length <= value.chars.length; at++) {
    const fits = segment.chars.every((char, offset) =>
      char === null ? isWordCharacter(value.chars[at + offset]) : value.chars[at + offset] === char);
    if (fits && segment.typed.every(([a, b, typed]) => value.isAsTyped(at + a, at + b, typed))) found.push(at);
  }
  return found;
}

/** Where a match of all segments starts → where the shortest one ends, found from the last segment to the first. */
function shortestEnds(value, segments) {
  const last = segments.at(-1);
  let ends = new Map(startsOf(last, value).map((start) => [start, start + last.chars.length]));
  for (const segment of segments.slice(0, -1).reverse()) {
    const rests = [...ends.keys()].sort((one, other) => one - other), before = ends;
    ends = new Map();
    for (const start of startsOf(segment, value)) {
      const rest = firstAfter(value.chars, start + segment.chars.length, rests);
      if (rest !== null) ends.set(start, before.get(rest));
    }
  }
  return ends;
}

/** Where a match of all segments ends → where the longest one starts, from the first segment to the last. */
function earliestStarts(value, [first, ...others]) {
  let starts = new Map(startsOf(first, value).map((start) => [start + first.chars.length, start]));
  for (const segment of others) {
    const ends = [...starts.keys()].sort((one, other) => one - other), before = starts;
    starts = new Map();
    for (const start of startsOf(segment, value)) {
      const end = farthestBefore(value.chars, start, ends);
      if (end !== null) starts.set(start + segment.chars.length, before.get(end));
    }
  }
  return starts;
}

/** The first of `positions` that at most GLOB_GAP characters, all of words, part from `at`. */
function firstAfter(chars, at, positions) {
  const position = positions[bisect(positions, at)];
  if (position === undefined || position > at + GLOB_GAP) return null;
  return chars.slice(at, position).every(isWordCharacter) ? position : null;
}

/** The first of `positions` from which at most GLOB_GAP characters, all of words, lead to `at`. */
function farthestBefore(chars, at, positions) {
  let gap = at;
  while (gap > Math.max(0, at - GLOB_GAP) && isWordCharacter(chars[gap - 1])) gap--;
  const position = positions[bisect(positions, gap)];
  return position !== undefined && position <= at ? position : null;
}
