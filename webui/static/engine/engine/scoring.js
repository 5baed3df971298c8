// Twin of indexer/engines/scoring.py.
// The formulas behind every score; what they mean stands there.
import { SYNONYM_WEIGHT, WEIGHTS } from "../model/choices.js";
import { isDigits } from "../analysis/characters.js";

export const PASSAGE_SHAPE = { k1: 0.6, b: 0.5 };
export const SECTION_SHAPE = { k1: 2.0, b: 0.75 };
export const WIDE_SHAPE = { k1: 0.6, b: 0.5 };
export const RESCORED = 100;
const SCALE = 1e9;
const WINDOW = 50, LEAD = 40;

const KIND_WEIGHTS = { body: 1.0, table: 1.0, caption: 0.7, source: 0.5, heading: 1.0, title: 1.0 };
const HEADING_KINDS = ["heading", "title"];

export const LOCAL = ["words", "characters"];
export const CONTEXT = ["section_words", "section_characters", "chapter_words", "document", "headings", "named"];
export const SECOND_STAGE = ["window", "lead", "amount"];
export const PARTS = [...LOCAL, ...CONTEXT, ...SECOND_STAGE];

export const headingPairs = (pairs) => pairs.filter((pair) => !isDigits(pair));

export const idf = (members, frequency) => Math.log(1 + (members - frequency + 0.5) / (frequency + 0.5));

/** What a term of a query counts of its idf. */
export const termFactor = ({ lighter }, term) => (lighter.has(term) ? SYNONYM_WEIGHT : 1);

export function bm25(count, length, average, weight, shape) {
  const norm = shape.k1 * (1 - shape.b + (shape.b * length) / average);
  return (weight * count * (shape.k1 + 1)) / (count + norm);
}

export function weightedSum(names, partOf) {
  let total = 0;
  for (const name of names) {
    const part = partOf(name);
    if (part !== undefined) total += WEIGHTS[name] * part;
  }
  return total;
}

/** A score as a whole multiple of 1 ÷ SCALE, so that sums in any order, and logarithms of any library, agree on ties. */
export function rounded(score) {
  const scaled = score * SCALE, floor = Math.floor(scaled), rest = scaled - floor;
  return (rest > 0.5 || (rest === 0.5 && floor % 2) ? floor + 1 : floor) / SCALE;
}

export function withKind(total, kind, headingsAsked) {
  const isBelow = HEADING_KINDS.includes(kind) && !headingsAsked;
  return rounded(isBelow ? total / (total + 1) : KIND_WEIGHTS[kind] * total + 1);
}

/** The parts `window` and `lead`, from where the query's pairs begin (in order) and what each weighs. */
export function proximity(positions, weights) {
  const latest = new Map();
  let best = 0;
  for (const [at, pair] of positions) {
    latest.set(pair, at);
    let near = 0;
    for (const [other, weight] of weights) if ((latest.get(other) ?? -1 - WINDOW) >= at - WINDOW) near += weight;
    best = Math.max(best, near);
  }
  const leading = new Set(positions.filter(([at]) => at <= LEAD - 2).map(([, pair]) => pair));
  let lead = 0;
  for (const [pair, weight] of weights) if (leading.has(pair)) lead += weight;
  return { window: best, lead };
}
