// Twin of indexer/search/highlighter.py, indexer/search/snippets.py.
// Passage + tree → the ranges that put it into its tier, and the snippet around them.
import { isBound, spans, Value } from "../query/spans.js";
import { leaves } from "../model/queries.js";
import { characters } from "../analysis/characters.js";

const SNIPPET_LENGTH = 180, LEAD = 30;
const BREAKS = "。！？；!?;\n，,、：:";
// The mark that canonical order puts last: every other combining character moves before it.
const LAST_MARK = "\u0345";

/** Ranges in a passage's text, in its headings (by index), and in its document's title and work. */
export async function highlight(passage, document, tree, analyzer, cutsOf) {
  const ranges = (text, zone) => rangesOf(text, zone, tree, analyzer, cutsOf);
  const path = [];
  for (const [index, heading] of passage.section.entries()) {
    path.push(...(await ranges(heading, "section")).map((span) => [index, ...span]));
  }
  const titles = await ranges(document.fullTitle, "title");
  const length = characters(document.fullTitle).length, start = length - characters(document.title).length;
  return {
    text: await highlightText(passage, tree, analyzer, cutsOf),
    path,
    title: inside(titles, start, length),
    work: inside(titles, 0, Math.max(0, start - 1)), // a space is between them
  };
}

/** Ranges in a passage's text alone. */
export const highlightText = (passage, tree, analyzer, cutsOf) => rangesOf(passage.text, "text", tree, analyzer, cutsOf);

/** Where any leaf of the tree stands in a value of a zone. */
async function rangesOf(text, zone, tree, analyzer, cutsOf) {
  const sought = leaves(tree).filter((leaf) => leaf.zones?.includes(zone));
  if (!sought.length) return [];
  const folded = analyzer.fold(text);
  const bound = zone === "text" && sought.some(isBound);
  const value = new Value(folded, text, bound ? await cutsOf() : [folded.chars.length]);
  const found = sought.flatMap((leaf) => spans(value, leaf)).map((span) => folded.original(...span));
  return merged(found.sort((one, other) => one[0] - other[0] || one[1] - other[1]));
}

/** The parts of ranges that are between two offsets, counted from the first. */
const inside = (ranges, start, end) =>
  ranges.map(([a, b]) => [Math.max(a, start) - start, Math.min(b, end) - start]).filter(([a, b]) => a < b);

/** Ordered ranges with those that overlap or touch made one. */
function merged(ranges) {
  const done = [];
  for (const [start, end] of ranges) {
    if (done.length && start <= done.at(-1)[1]) done.at(-1)[1] = Math.max(done.at(-1)[1], end);
    else done.push([start, end]);
  }
  return done;
}

/** The whole text if it is short, else the window with most distinct matches. */
export function snippet(text, highlights) {
  const chars = characters(text);
  const [start, end] = chars.length <= SNIPPET_LENGTH ? [0, chars.length] : windowOf(chars, highlights);
  return { start, end, parts: partsOf(chars, highlights, start, end) };
}

function windowOf(chars, highlights) {
  if (!highlights.length) return [0, wholeCharacter(chars, SNIPPET_LENGTH)];
  const worths = worthsOf(chars, highlights);
  let best = 0;
  worths.forEach(([kinds, number], at) => {
    if (kinds > worths[best][0] || (kinds === worths[best][0] && number > worths[best][1])) best = at;
  });
  let start = startOf(chars, highlights[best][0]);
  const end = Math.min(chars.length, Math.max(start + SNIPPET_LENGTH, Math.min(highlights[best][1], start + 2 * SNIPPET_LENGTH)));
  if (end === chars.length) start = wholeCharacter(chars, Math.min(start, Math.max(0, end - SNIPPET_LENGTH)));
  return [start, wholeCharacter(chars, end)];
}

/** For the window that begins at each of the highlights: distinct matches in it, and matches. */
function worthsOf(chars, highlights) {
  const inside = new Map(), textOf = ([start, end]) => chars.slice(start, end).join("");
  let last = 0; // the first highlight that is not in the window
  return highlights.map((highlight, at) => {
    while (last < highlights.length && highlights[last][1] <= highlight[0] + SNIPPET_LENGTH - LEAD) {
      const text = textOf(highlights[last++]);
      inside.set(text, (inside.get(text) ?? 0) + 1);
    }
    const worth = [inside.size, Math.max(0, last - at)];
    const text = textOf(highlight);
    if (last <= at) last = at + 1; // it is longer than a window
    else if (inside.get(text) === 1) inside.delete(text);
    else inside.set(text, inside.get(text) - 1);
    return worth;
  });
}

/** After the last break in the lead before a match, else a little before it. */
function startOf(chars, match) {
  if (match <= LEAD) return 0;
  for (let at = match - 1; at >= match - LEAD; at--) {
    if (BREAKS.includes(chars[at])) return wholeCharacter(chars, at + 1);
  }
  return wholeCharacter(chars, match - LEAD / 2);
}

function wholeCharacter(chars, offset) {
  while (offset < chars.length && isCombining(chars[offset])) offset++;
  return offset;
}

/** Whether a character has a canonical combining class. */
const isCombining = (char) =>
  char === LAST_MARK || (LAST_MARK + char).normalize("NFD") !== LAST_MARK + char.normalize("NFD");

function partsOf(chars, highlights, start, end) {
  const parts = [], add = (a, b, marked) => a < b && parts.push([chars.slice(a, b).join(""), marked]);
  let position = start;
  for (const [first, last] of highlights) {
    const a = Math.max(first, start), b = Math.min(last, end);
    if (a >= b) continue;
    add(position, a, false);
    add(a, b, true);
    position = b;
  }
  add(position, end, false);
  return parts;
}
