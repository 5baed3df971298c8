// Twin of indexer/analysis/spellings.py.
// A run as other writers write it: of a query, never of texts. What the steps do stands there.
import { characters } from "./characters.js";
import { HAN, KANA } from "./fold.js";
import { numberSpellings } from "./number_spellings.js";
import { toChinese } from "./numerals.js";

export const LIMIT = 64;
const LETTER = `(?![${HAN}${KANA}])[\\p{L}\\p{Nl}\\p{No}]`, LATIN = `(?![${HAN}${KANA}])[\\p{L}\\p{N}]`;
const SEAMS = [
  new RegExp(`(?<=[${HAN}]) ?(?=${LATIN})|(?<=[\\p{L}\\p{N}])(?<![${HAN}${KANA}]) ?(?=[${HAN}])`, "gu"),
  new RegExp(`(?<=[\\p{L}\\p{Nl}\\p{No}])(?<![${HAN}${KANA}])[ -]?(?=\\p{Nd})`, "gu"),
  new RegExp(`(?<=\\p{Nd}) ?(?=${LETTER})`, "gu"),
];
const AT_SEAMS = [["", " "], ["", " ", "-"], ["", " "]];
const DASHES = ["-", "—", "–", "~", "−", "‐", "‒", "―", "〜", "——", "--"];
const LONGEST_FIRST = [...DASHES].sort((one, other) => other.length - one.length).join("|");
const DASH = new RegExp(`(?<=[\\p{L}\\p{N}])(?<![${HAN}${KANA}])(?:${LONGEST_FIRST})(?=${LATIN})`, "gu");
const MINUS = /(?<![\p{L}\p{N}])[-−–](?=\p{Nd})/gu, INNER_DASH = /(?<=[a-z])-(?=[a-z])/g;
const SEPARATED = [
  [/(?<=[图表式例])( ?\d+)[-–—.](?=\d+(?![\d.]))/g, ["$1-", "$1."]],
  [/(?<!\d)(\d{4})年?(?:至|到|-|—|–|~)(?=\d{4}年)/g, ["$1-", "$1至", "$1年至", "$1年-"]],
  [/(?<=\d):(?=\d{4}(?!\d))/g, ["-"]],
  [/(?<=\d{4})-(?=\d{4}(?![\d年]))/g, [":"]],
  [
    new RegExp(`(?<=[${HAN}]) ?(?:[〔\\[(【〈]((?:19|20)\\d\\d)[〕\\])】〉]|((?:19|20)\\d\\d)[ 年]) ?第?(\\d{1,4}) ?号`, "gu"),
    ["〔$1$2〕$3号", "($1$2)$3号", "[$1$2]$3号", "【$1$2】$3号", "〔$1$2〕第$3号"],
  ],
];
const EQUATION = new RegExp(`(?:公式|(?<![${HAN}])式|(?<=[见由将把在和与及对从入令])式) ?` +
  "(?:\\((\\d+(?:[-.]\\d+)?)\\)|(\\d+(?:[-.]\\d+)?)(?![\\d.-]))", "gu");
const BRANCH = /第 ?(\d{1,4}) ?条 ?之 ?(\d{1,2})(?!\d)/g, HYPHENED = /第 ?(\d{1,4})-(\d{1,2}) ?条/g;
const TELEPHONE = new RegExp(
  "(?<![\\d-])(?:(?:\\+|00)86[- ]?)?(?:(1[3-9]\\d)[- ]?(\\d{4})[- ]?(\\d{4})|(0(?:10|2\\d)|0[3-9]\\d{2})[- ]?(\\d{7,8})|([48]00)[- ]?(\\d{3})[- ]?(\\d{4}))" +
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
    this.steps = [quotations, numberSpellings, telephones, (run) => this.names(run), fullStops, equations, separators, branches, dashes, seams];
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
    if (!this.known.has(run)) this.known.set(run, this.spelled(run));
    return this.known.get(run);
  }

  /** The spellings that count, and one more where there are any: what is found first stays first. */
  spelled(run) {
    const found = new Set([run]);
    for (const step of this.steps) {
      for (const spelling of [...found]) {
        for (const other of step(spelling)) {
          if (!found.has(other)) found.add(this.folding.key(other));
          if (found.size > LIMIT) return [...found];
        }
      }
    }
    return [...found];
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
export const isParted = (run) => SEAMS.some((seam) => [...run.matchAll(seam)].some(([found]) => found.includes(" ")));

const quotations = (run) => [run.replace(/^(?:「([^「」]+)」|『([^『』]+)』)$/, "$1$2")];

const telephones = (run) => ["", "-", " "].map((mark) =>
  run.replace(TELEPHONE, (_, ...groups) => groups.slice(0, 8).filter(Boolean).join(mark)));

const fullStops = (run) => [run.replace(FULL_STOP, "。"), run.replaceAll("。", ".")];

/** A run with `pattern` replaced by each of `others`, if it stands in it. */
const replaced = (run, pattern, others) => (run.search(pattern) < 0 ? [] : others.map((other) => run.replace(pattern, other)));

const equations = (run) => replaced(run, EQUATION, ["式($1$2)", "式$1$2"]);

const separators = (run) => SEPARATED.flatMap(([pattern, others]) => replaced(run, pattern, others));

const branches = (run) => [
  ...replaced(run, BRANCH, ["第$1-$2条"]),
  ...replaced(run, HYPHENED, ["第$1条之$2", (_, one, other) => `第${toChinese(BigInt(one))}条之${toChinese(BigInt(other))}`]),
];

const dashes = (run) => [...replaced(run, DASH, DASHES), ...replaced(run, INNER_DASH, ["", " "]), ...replaced(run, MINUS, ["-", "−", "–"])];

/** A run with what may stand at its seams, seam by seam. */
function seams(run) {
  const found = SEAMS.map((seam, at) => [seam, AT_SEAMS[at]]).filter(([seam]) => run.search(seam) >= 0);
  let marked = [[]];
  for (const [, choices] of found) marked = marked.flatMap((before) => choices.map((mark) => [...before, mark]));
  return marked.map((each) => each.reduce((spelling, mark, at) => spelling.replace(found[at][0], mark), run));
}
