// Twin of indexer/analysis/number_spellings.py.
// Numbers, years and dates as other writers write them, and where in a run a number with its measure stands.
import { findTimes } from "./clock_times.js";
import { findDates } from "./date_spellings.js";
import { HAN } from "./fold.js";
import { FRACTION, fractionStyles } from "./fraction_spellings.js";
import { findMeasured } from "./measures.js";
import {
  decimalFromChinese, decimalToChinese, DIGITS, digitwise, END, FORMAL, fromChinese, fromColloquial, fromDigitwise, fromFormal, NUMERALS,
  toChinese, toFormal,
} from "./numerals.js";

const SURE =
  "周[岁年]|年半|[条章节款项编卷回届次部篇集册期号页讲课单元级类批年月日人名天周岁倍户亩吨件]" +
  "|个(?:月|星期|工作日|自然日|小时|钟头|百分点)|小时|分钟|公里|平方(?:米|公里|厘米)?|千克|公斤";
const MORE =
  "个(?:季度|交易日|学期|学年)|季度|星期|世纪|学年|学期|学分|学时|课时|刻钟|昼夜|厘米|毫米|纳米|微米|毫克|毫升" +
  "|海里|英里|英尺|英寸|立方(?:米|厘米)?|平米|公顷|千瓦|兆瓦|美元|欧元|日元|港元|港币|英镑|阶段" +
  "|块钱?|时(?![间代期刻段空])|[个家份种台辆艘架座栋幢套间层楼张本位起例处门把枚颗只头匹桶箱包瓶袋盒支根棵株场轮组队班站代世秒度米克斤升瓦元圆角点成折]|分(?!之)";
const COUNTER = new RegExp(`^ ?(?:${SURE}|${MORE})`), SURE_COUNTER = new RegExp(`^ ?(?:${SURE})`);
const SURE_BEFORE_MORE = ["一", "十"];
const PART = /^ ?[条款项目章节编]/, NO_LIANG = /^ ?[月号]/, MONEY = /^ ?[元圆]/, UNITS = /[拾佰仟万亿]/;
const SIZES = [["万亿", 12], ["亿", 8], ["万", 4], ["", 0]];
const SMALL_POWERS = { 百: 2, 千: 3 };
const LARGE = 10_000n, ROUND = 1_000n, GROUPED = 1_000n, PLACES = 2;

const TENS = { 廿: 20n, 卅: 30n, 卌: 40n };

// 5千元, 3百人: what is counted in hundreds and thousands beside digits; 5千米 and 5千克 are measures.
const HUNDREDS = "[百千](?= ?[元圆人名户亩辆])";
const UNIT = `万亿|[万亿]|(?<![${NUMERALS}]\\d)(?:[百千](?:万亿|[万亿])|${HUNDREDS})`;
const CHINESE = `[${NUMERALS}]+`;
const CHINESE_DIGITS = `[零${DIGITS}]`;
const NUMBER = new RegExp([
  `(?<formal>[${FORMAL}][${FORMAL}零〇万亿]*)`,
  `(?<tens>[廿卅卌][${DIGITS.slice(1)}]?)`,
  FRACTION,
  `(?<![\\d.,])(?<year>\\d{4})(?= ?年)`,
  `(?<![${NUMERALS}])(?<digitwise>${CHINESE_DIGITS}{2,})(?![${NUMERALS}点])`,
  `(?<chineseDecimal>${CHINESE}点${CHINESE_DIGITS}+)(?<chineseUnit>万亿|[万亿])?`,
  `(?<!\\d)(?<chinese>${CHINESE})(?![${NUMERALS}\\d])`,
  `(?<![\\d.,a-z])(?<digits>\\d{1,3}(?:,\\d{3})+|\\d+)(?<places>\\.\\d+)?(?: ?(?<unit>${UNIT}))?(?![${NUMERALS}\\d])`,
].join("|"), "g");
const IN_GROUPS = /\d,\d{3}(?!\d)/;
// Which style stands for a number where a date beside it has more styles than it has.
const DIGITS_STYLE = 2;
const RANKING = 6;

const ANY_NUMBER = `(?:[${NUMERALS}廿卅卌]+|\\d+)`;
const BRANCH = new RegExp(` ?之 ?${ANY_NUMBER}`, "y");
const STEP = `\\(?${ANY_NUMBER}\\)?`, LAST_STEP = ` ?\\((?:[${NUMERALS}]+|\\d{1,2})\\)`;
const STEPS = `第? ?${STEP}(?: ?[、,和及至到~—–-] ?第? ?${STEP})* ?[款项目]`;
const TAIL = new RegExp(`(?: ?(?:[、,的之和及或至到] ?(?=第))?${STEPS})+(?:${LAST_STEP})?|${LAST_STEP}`, "y");
const DIVISION = new RegExp(`^${ANY_NUMBER} ?[编章节条款回卷篇部集册课讲](?: ?之 ?${ANY_NUMBER})?$`);
const FIGURES = "(?:附[件录表图]|公式|图表|[图表式例])";
const FIGURE = new RegExp(`${FIGURES} ?(?:\\d+(?:[-‐‒–—.]\\d+)*|[${NUMERALS}]+)|(?:公式|式) ?\\(\\d+(?:[-.]\\d+)?\\)`, "g");
const OF_FIGURE = new RegExp(`(?:^|[^${HAN}]|[见如附])${FIGURES} ?$`, "u");

/** A run and what ranks beside it: its numbers in other styles, but for what commas leave of them. */
export const rankingSpellings = (run, folding) => [...new Set([run, ...numberSpellings(run)
  .map((other) => folding.key(other)).filter((other) => !IN_GROUPS.test(other)).slice(0, RANKING)])];

/** A run with its numbers and dates in each style. */
export function numberSpellings(run) {
  const parts = [];
  let position = 0;
  for (const [start, end, styles] of numbersOf(run)) {
    parts.push([run.slice(position, start)], styles);
    position = end;
  }
  parts.push([run.slice(position)]);
  const most = Math.max(...parts.map((part) => part.length));
  return Array.from({ length: most }, (_, style) => parts.map((part) => inStyle(part, style)).join(""));
}

/** The numbers of a folded run with what they count: {start, end, articleEnd}, offsets of UTF-16. */
export function findUnits(run) {
  const units = numbersOf(run).map(([start, end]) => withTail(run, unitStart(run, start), unitEnd(run, end)));
  const figures = [...run.matchAll(FIGURE)].map((match) => ({ start: match.index, end: match.index + match[0].length }));
  const merged = [];
  for (const unit of [...units, ...figures, ...findTimes(run), ...findMeasured(run)].sort((one, other) => one.start - other.start || other.end - one.end)) {
    if (!merged.length || unit.start >= merged.at(-1).end) merged.push(unit);
  }
  return merged;
}

/** Whether a folded run is nothing but one number with its measure. */
export const isUnit = (run) => findUnits(run).some((unit) => unit.start === 0 && unit.end === run.length);

/** `39条` as a heading would call it; nothing where nothing is called so. */
export const asOrdinal = (unit) => (DIVISION.test(unit) ? `第${unit}` : "");

/** Where each date and number of a run stands, and how it is written otherwise. */
function numbersOf(run) {
  const dates = findDates(run);
  const numbers = [...run.matchAll(NUMBER)]
    .map((match) => [match.index, match.index + match[0].length, stylesOf(match)])
    .filter(([start, end, styles]) => styles && dates.every(([from, to]) => end <= from || to <= start));
  return [...dates, ...numbers].sort((one, other) => one[0] - other[0]);
}

const inStyle = (styles, style) => styles[style] ?? styles[Math.min(DIGITS_STYLE, styles.length - 1)];

function unitStart(run, start) {
  const before = run.slice(0, start).replace(/ +$/, "");
  return before.endsWith("第") ? before.length - 1 : start;
}

function unitEnd(run, end) {
  const match = COUNTER.exec(run.slice(end));
  return match ? end + match[0].length : end;
}

/** An article with the paragraph of it that is named too; anything else as it is. */
function withTail(run, start, end) {
  if (run[end - 1] !== "条") return { start, end };
  const article = endOf(BRANCH, run, end) ?? end;
  const tail = endOf(TAIL, run, article);
  return tail === null ? { start, end: article } : { start, end: tail, articleEnd: article };
}

/** Where what a sticky pattern matches at `at` ends; null where it does not. */
function endOf(pattern, run, at) {
  pattern.lastIndex = at;
  const match = pattern.exec(run);
  return match ? at + match[0].length : null;
}

/** The number matched in each style; null if it may be no number. */
function stylesOf(match) {
  const found = match.groups;
  const fraction = fractionStyles(found);
  if (fraction !== undefined) return fraction && ofFraction(...fraction);
  if (found.tens !== undefined) {
    const number = TENS[found.tens[0]] + BigInt(fromDigitwise(found.tens.slice(1)) || 0);
    return isOrdinal(match) || isCounted(match) ? integer(number, match) : null;
  }
  if (found.formal !== undefined) {
    const number = fromFormal(found.formal);
    const isSure = UNITS.test(found.formal.slice(1)) || isOrdinal(match) || isCounted(match);
    return number !== null && isSure ? integer(number, match) : null;
  }
  if (found.year !== undefined) return digitwiseStyles(found.year);
  if (found.digitwise !== undefined) return ofDigitwise(found.digitwise, match);
  if (found.chineseDecimal !== undefined) return decimal(decimalFromChinese(found.chineseDecimal), found.chineseUnit ?? "", match);
  if (found.chinese !== undefined) {
    const number = fromChinese(found.chinese) ?? (isOrdinal(match) ? null : fromColloquial(found.chinese));
    const isSure = found.chinese.length > 1 || isOrdinal(match) || isCounted(match, found.chinese);
    return number !== null && isSure ? integer(number, match) : null;
  }
  return fromDigits(found.digits, found.places ?? "", found.unit ?? "", match);
}

function ofDigitwise(numeral, match) {
  if (isPartOfText(numeral, match)) return stylesOfPart(fromDigitwise(numeral));
  const isYear = "一二".includes(numeral[0]) && numeral.length === 4 && /^ ?年/.test(after(match));
  return isYear || /[〇零]/.test(numeral) ? digitwiseStyles(fromDigitwise(numeral)) : null;
}

/** Whether digits one by one number an article or its like, which texts write as a number. */
const isPartOfText = (numeral, match) =>
  /^[^〇零].*[〇零]/.test(numeral) && isOrdinal(match) && PART.test(after(match));

/** `digits` × 10^`power`: whole part, and digits after the point without zeros at the end. */
function scaled(digits, power) {
  const [whole, places = ""] = digits.split(".");
  const all = whole + places.padEnd(power, "0");
  const point = whole.length + power;
  return [BigInt(all.slice(0, point) || "0"), all.slice(point).replace(/0+$/, "")];
}

/** The power of ten that 万, 千, or 千 and 万 together multiply by. */
function powerOf(unit) {
  const found = SIZES.find(([name]) => name === unit);
  return found ? found[1] : SMALL_POWERS[unit[0]] + powerOf(unit.slice(1));
}

function fromDigits(digits, places, unit, match) {
  const plain = digits.replaceAll(",", "");
  if (plain.length > 1 && plain.startsWith("0")) return places || unit ? null : ofArticle(plain, match);
  const [number, rest] = scaled(plain + places, powerOf(unit));
  if (number >= END) return null;
  if (rest) return decimal(plain + places, unit, match);
  const isRound = number >= LARGE && number % ROUND === 0n;
  const counted = number < LARGE * 10n && (isOrdinal(match) || isCounted(match));
  return unit || digits.includes(",") || isRound || counted ? integer(number, match) : null;
}

function integer(number, match) {
  const chinese = toChinese(number), digits = `${number}`;
  let other = number ? chinese.replaceAll("零", "〇") : chinese;
  if (isOrdinal(match)) return [chinese, other, digits, digits, digits, chinese];
  const isTwo = number === 2n && isCounted(match) && !NO_LIANG.test(after(match));
  if (/^二[千万亿]/.test(chinese) || isTwo) other = `两${chinese.slice(1)}`;
  const [short, unit] = shortened(number);
  const shortChinese = short.includes(".") ? decimalToChinese(short) + unit : chinese;
  const grouped = BigInt(short.split(".")[0]) >= GROUPED ? inGroups(short) + unit : inGroups(digits);
  const styles = [chinese, other, digits, short + unit, grouped, shortChinese];
  return MONEY.test(after(match)) ? [...styles, toFormal(number)] : styles;
}

function inGroups(digits) {
  const [whole, places] = digits.split(".");
  return whole.replace(/\B(?=(\d{3})+$)/g, ",") + (places ? `.${places}` : "");
}

/** A number in the largest unit in which it has few digits after the point, and that unit. */
function shortened(number) {
  for (const [unit, power] of SIZES) {
    const size = 10n ** BigInt(power);
    const places = `${number % size}`.padStart(power, "0").replace(/0+$/, "");
    if (number >= size && places.length <= PLACES) return [number / size + (places ? `.${places}` : ""), unit];
  }
  return [`${number}`, ""];
}

function decimal(digits, unit, match) {
  if (digits === null || !(unit || isCounted(match))) return null;
  const [number, rest] = scaled(digits, powerOf(unit));
  if (unit && !rest) return number < END ? integer(number, match) : null;
  const chinese = decimalToChinese(digits) + unit;
  return [chinese, chinese, digits + unit, digits + unit, digits + unit, chinese];
}

/** The number of an article that was filled up with zeros: `第039条`. */
function ofArticle(digits, match) {
  const number = BigInt(digits);
  return number && number < END && isOrdinal(match) && PART.test(after(match)) ? integer(number, match) : null;
}

const ofFraction = (chinese, digits, both) =>
  [chinese, digits === "100%" ? "百分之百" : chinese, digits, digits, digits, chinese, both];

function digitwiseStyles(digits) {
  const chinese = digitwise(digits);
  return [chinese, chinese.replaceAll("〇", "零"), digits, digits, digits, chinese];
}

function stylesOfPart(digits) {
  const chinese = toChinese(BigInt(digits)), oneByOne = digitwise(digits);
  return [chinese, chinese.replaceAll("零", "〇"), digits, digits, oneByOne, oneByOne.replaceAll("〇", "零")];
}

const after = (match) => match.input.slice(match.index + match[0].length);
const isCounted = (match, numeral = "") => (SURE_BEFORE_MORE.includes(numeral) ? SURE_COUNTER : COUNTER).test(after(match));

function isOrdinal(match) {
  const before = match.input.slice(0, match.index);
  return before.replace(/ +$/, "").match(/(?:第|条之)$/) !== null || OF_FIGURE.test(before);
}
