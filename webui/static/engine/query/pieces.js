// Twin of indexer/query/pieces.py.
// A folded run as what must be present of it: words, numbers with their measure, and what they are called otherwise.
import { equalMeasures } from "../analysis/measures.js";
import { findUnits } from "../analysis/number_spellings.js";
import { characters } from "../analysis/characters.js";

const LONGEST = 8;
const OF_DATES = "年月日天时";
const BEFORE_DAY = /[月第] *$/;

/** A folded run as pieces {text, isUnit, article, others, equals, documents}, marks included. */
export function piecesOf(run, analyzer, regional = true) {
  const pieces = [];
  let position = 0;
  for (const unit of unitsOf(run, analyzer)) {
    pieces.push(...words(run.slice(position, unit.start), analyzer, regional), unitPiece(run, unit));
    position = unit.end;
  }
  return [...pieces, ...words(run.slice(position), analyzer, regional)];
}

function unitPiece(run, { start, end, articleEnd }) {
  const text = run.slice(start, end), isOfDate = BEFORE_DAY.test(run.slice(0, start));
  return {
    text, isUnit: true, article: articleEnd ? run.slice(start, articleEnd) : "", others: [],
    equals: isOfDate ? [] : equalMeasures(text), documents: [],
  };
}

/** The units of a run but those that are part of a word, or end in one: 一次 of 一次性, 图3 of 地图3, 5处 of 5处理. */
export function unitsOf(run, analyzer) {
  const units = findUnits(run);
  if (!units.length) return units;
  const known = [];
  let start = 0;
  for (const piece of analyzer.cut(run)) {
    if (analyzer.segmenter.knows(piece)) known.push([start, start + piece.length]);
    start += piece.length;
  }
  return units.filter((unit) => !known.some(([from, to]) =>
    (from < unit.start && unit.start < to) || (from <= unit.start && unit.end < to) ||
    (unit.start < from && from < unit.end && unit.end < to && !OF_DATES.includes(run[from]))));
}

/** Segmented pieces; those that only together are a word with another wording are made one. */
function words(chars, analyzer, regional) {
  const pieces = analyzer.cut(chars), found = [];
  for (let at = 0; at < pieces.length; ) {
    const size = regional ? regionalSize(pieces, at, analyzer) : 0, end = at + Math.max(size, 1);
    const text = pieces.slice(at, end).join("");
    found.push({ text, isUnit: false, article: "", others: size ? analyzer.regional.get(text) : [], equals: equalMeasures(text), documents: [] });
    at = end;
  }
  return found;
}

/** How many pieces from `at` are the longest word that has another wording; 0 for none. */
function regionalSize(pieces, at, analyzer) {
  let text = "", found = 0;
  for (let size = 1; size <= LONGEST && at + size <= pieces.length; size++) {
    text += pieces[at + size - 1];
    if (characters(text).length > LONGEST) break;
    if (analyzer.regional.has(text)) found = size;
  }
  return found;
}
