// Twin of indexer/analysis/spellings.py.
// A run as other writers write it: of a query, never of texts. What the steps do stands there.
import { characters, distinct } from "./characters.js";
import { HAN, KANA } from "./fold.js";
import { numberSpellings } from "./number_spellings.js";

export const LIMIT = 64;
const LETTER = `(?![${HAN}${KANA}])[\\p{L}\\p{Nl}\\p{No}]`, LATIN = `(?![${HAN}${KANA}])[\\p{L}\\p{N}]`;
const SEAMS = [
  new RegExp(`(?<=[${HAN}]) ?(?=${LATIN})|(?<=[\\p{L}\\p{N}])(?<![${HAN}${KANA}]) ?(?=[${HAN}])`, "gu"),
  new RegExp(`(?<=[\\p{L}\\p{Nl}\\p{No}])(?<![${HAN}${KANA}]) ?(?=\\p{Nd})`, "gu"),
  new RegExp(`(?<=\\p{Nd}) ?(?=${LETTER})`, "gu"),
];
const DASHES = ["-", "—", "–", "~", "−", "‐", "‒", "―", "〜", "——", "--"];
const LONGEST_FIRST = [...DASHES].sort((one, other) => other.length - one.length).join("|");
const DASH = new RegExp(`(?<=[\\p{L}\\p{N}])(?<![${HAN}${KANA}])(?:${LONGEST_FIRST})(?=${LATIN})`, "gu");
const TELEPHONE = new RegExp(
  "(?<![\\d-])(?:(1[3-9]\\d)[- ]?(\\d{4})[- ]?(\\d{4})|(0\\d{2,3})[- ]?(\\d{7,8})|([48]00)[- ]?(\\d{3})[- ]?(\\d{4}))" +
  "(?![\\d-])", "g");
const FULL_STOP = new RegExp(`(?<=[${HAN}])\\.(?![\\p{L}\\p{N}_])|(?<=[${HAN}])\\.(?=[${HAN}])`, "gu");
const DOT = new RegExp(`(?<=[${HAN}])·(?=[${HAN}])`, "gu");
const SHORTEST_NAME = 4, LONGEST_NAME = 12;

export class Spellings {
  /** `transliteration`: the characters that foreign names are written with. */
  constructor(folding, transliteration) {
    this.folding = folding;
    const name = `[${transliteration}]`;
    this.name = new RegExp(`(?<!${name})${name}{${SHORTEST_NAME},${LONGEST_NAME}}(?!${name})`, "u");
    this.steps = [numberSpellings, telephones, (run) => this.names(run), fullStops, dashes, spaces];
    this.known = new Map();
  }

  /** A folded run and its other spellings, itself first, at most `LIMIT`. */
  expand(run) {
    return this.all(run).slice(0, LIMIT);
  }

  hasMore(run) {
    return this.all(run).length > LIMIT;
  }

  all(run) {
    if (!this.known.has(run)) {
      let found = [run];
      for (const step of this.steps) {
        found = distinct([...found, ...found.flatMap(step).map((other) => this.folding.key(other))]);
      }
      this.known.set(run, found);
    }
    return this.known.get(run);
  }

  /** A foreign name without its dots, and with one wherever it may have one. */
  names(run) {
    const found = [run.replace(DOT, "")], match = this.name.exec(run);
    if (!match) return found;
    const size = characters(match[0]).length, before = run.slice(0, match.index), rest = run.slice(match.index);
    for (let at = 1; at < size; at++) found.push(`${before}${rest.slice(0, at)}·${rest.slice(at)}`);
    return found;
  }
}

/** Whether a space stands in a folded run where it might be left out. */
export const isParted = (run) => SEAMS.some((seam) => [...run.matchAll(seam)].some(([found]) => found));

const telephones = (run) => ["", "-", " "].map((mark) =>
  run.replace(TELEPHONE, (_, ...groups) => groups.slice(0, 8).filter(Boolean).join(mark)));

const fullStops = (run) => [run.replace(FULL_STOP, "。"), run.replaceAll("。", ".")];

const dashes = (run) => (run.search(DASH) < 0 ? [] : DASHES.map((dash) => run.replace(DASH, dash)));

/** A run with spaces and without, seam by seam. */
function spaces(run) {
  const seams = SEAMS.filter((seam) => run.search(seam) >= 0);
  let spaced = [[]];
  for (const _ of seams) spaced = spaced.flatMap((before) => ["", " "].map((space) => [...before, space]));
  return spaced.map((each) => each.reduce((spelling, space, at) => spelling.replace(seams[at], space), run));
}
