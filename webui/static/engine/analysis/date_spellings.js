// Twin of indexer/analysis/date_spellings.py.
// Dates and months as other writers write them.
import { DIGITS, digitwise, fromChinese, fromDigitwise, NUMERALS, toChinese } from "./numerals.js";

const YEAR = `(?<year>\\d{4}|[零${DIGITS}]{4})`;
const WRITTEN = new RegExp(
  `(?<![\\d${NUMERALS}])(?:(?:${YEAR}|(?<![国和治正元宗熙绪])(?<short>\\d\\d)) ?年 ?)?` +
  `(?<month>\\d{1,2}|[${NUMERALS}]{1,2}) ?月 ?(?<day>\\d{1,2}|[${NUMERALS}]{1,3}) ?[日号]`, "g");
const PLAIN = /(?<![\d.-])(?<year>\d{4})(?<mark>[-./])(?<month>\d{1,2})\k<mark>(?<day>\d{1,2})(?![\d-]|[./]\d)/g;
const JOINED = /(?<![\d.-])(?<year>(?:19|20)\d\d)(?<month>0[1-9]|1[0-2])(?<day>[0-3]\d)(?![\d.-])/g;

const MONTH = new RegExp(
  `(?<![\\d${NUMERALS}])${YEAR} ?年 ?(?<month>\\d{1,2}|[${NUMERALS}]{1,2}) ?月(?! ?(?:\\d|[${NUMERALS}]+ ?[日号]))`, "g");
const PLAIN_MONTH = /(?<![\d./-])(?<year>(?:19|20)\d\d)[-/](?<month>0[1-9]|1[0-2])(?![\d%]|[-./]\d)/g;

/** Where each whole date and each month of a year stands in a folded run, in order, and all the ways to write it. */
export function findDates(run) {
  const all = (patterns, spell) => patterns.flatMap((pattern) => [...run.matchAll(pattern)])
    .map((match) => [match.index, match.index + match[0].length, spell(match.groups)]);
  return [...all([WRITTEN, PLAIN, JOINED], spellings), ...all([MONTH, PLAIN_MONTH], spellingsOfMonth)]
    .filter(([, , found]) => found.length).sort((one, other) => one[0] - other[0]);
}

const valueOf = (part) => (/^\d+$/.test(part) ? BigInt(part) : fromChinese(part));
const two = (number) => `${number}`.padStart(2, "0");

const LAST_OF_CENTURY = 50;

function spellings({ year: told, short, month, day }) {
  const year = short === undefined ? told : `${short <= LAST_OF_CENTURY ? 20 : 19}${short}`;
  const [m, d] = [month, day].map(valueOf);
  if (m === null || d === null || m < 1n || m > 12n || d < 1n || d > 31n) return [];
  const chinese = `${toChinese(m)}月${toChinese(d)}日`, written = [`${m}月${d}日`, `${two(m)}月${two(d)}日`];
  if (year === undefined) return [chinese, chinese, ...written];
  const digits = /^\d+$/.test(year) ? year : fromDigitwise(year);
  const whole = `${digitwise(digits)}年${chinese}`;
  const plain = ["-", ".", "/"].flatMap((mark) =>
    [`${digits}${mark}${two(m)}${mark}${two(d)}`, `${digits}${mark}${m}${mark}${d}`]);
  return [whole, whole.replaceAll("〇", "零"), ...written.map((each) => `${digits}年${each}`), ...plain, `${digits}${two(m)}${two(d)}`];
}

function spellingsOfMonth({ year, month }) {
  const m = valueOf(month);
  if (m === null || m < 1n || m > 12n) return [];
  const digits = /^\d+$/.test(year) ? year : fromDigitwise(year), whole = `${digitwise(digits)}年${toChinese(m)}月`;
  const written = [`${digits}年${m}月`, `${digits}年${two(m)}月`];
  return [whole, whole.replaceAll("〇", "零"), ...written, ...["-", ".", "/"].map((mark) => `${digits}${mark}${two(m)}`)];
}
