// Twin of indexer/analysis/measures.py.
// What says as much in another measure: 七天 is 七日, 36个月 is 3年, 5公斤 is 5kg, 三成 is 30%. All on folded text.
import { equalBounds, findBounds } from "./bounds.js";
import { equalTimes } from "./clock_times.js";
import { readShare, writeShare } from "./fraction_spellings.js";
import { FORMAL, fromChinese, NUMERALS } from "./numerals.js";

const SAME = [
  ["天", "日"], ["周", "个星期", "星期"], ["小时", "个小时", "个钟头"], ["岁", "周岁"], ["元", "圆", "块钱", "块"],
  ["平方米", "平米", "m2"], ["立方米", "m3"], ["公里", "千米", "km"], ["厘米", "公分", "cm"], ["毫米", "mm"], ["纳米", "nm"],
  ["公斤", "千克", "kg"], ["克", "g"], ["毫克", "mg"], ["升", "l"], ["毫升", "ml"], ["千瓦", "kw"], ["瓦", "w"],
  ["度", "摄氏度", "°c"],
];
const OTHERS = new Map(SAME.flatMap((group) => group.map((measure) => [measure, group.filter((each) => each !== measure)])));
const LEAST = { 块: 10, g: 10, 度: 10 };
const longestFirst = (measures) => measures.sort((one, other) => other.length - one.length).join("|");
const LATIN = longestFirst([...OTHERS.keys()].filter((each) => /[0-9a-z]$/.test(each)));
const MEASURED = new RegExp(
  `(?<![0-9a-z.,])[0-9]+(?:[.,][0-9]+)* ?(?:${LATIN})(?![0-9a-z])|(?<![${NUMERALS}])半个(?:小时|钟头|月)`, "g");
const AMOUNT = new RegExp(
  `^(?<number>[0-9]+(?:[.,][0-9]+)*[百千万亿]*|[${NUMERALS}${FORMAL}]{1,9}) ?` +
  `(?<measure>年半|年|个月|${longestFirst([...OTHERS.keys()])})$`);
const SUNDAYS = ["星期日", "星期天", "周日", "礼拜日", "礼拜天"];
const NAMED = {
  半年: ["6个月"], 半个月: ["15天", "15日"], 半小时: ["半个小时", "30分钟"], 半个小时: ["半小时", "30分钟"],
  半个钟头: ["半小时", "半个小时", "30分钟"], "30分钟": ["半小时", "半个小时"],
  一半: ["半数", "1/2", "50%"], 半数: ["一半", "1/2", "50%"], 双倍: ["2倍"],
  以内: ["内", "之内"], 之内: ["内", "以内"], 每月: ["每个月"], 每天: ["每日"], 每日: ["每天"],
  每周: ["每星期", "每个星期"], 每星期: ["每周", "每个星期"],
};
for (const day of SUNDAYS) NAMED[day] = SUNDAYS.filter((each) => each !== day);
const DAY_OF_WEEK = `(?:星期|礼拜|周)(?<day>[一二三四五六日天])(?![天日个次小时年月节课${NUMERALS}])`;
const DECADE = "(?:(?:20|上个?)世纪(?<tens>[1-9]0|[一二三四五六七八九]十)|(?<![0-9])19(?<years>[1-9]0))年代";
const DATES = [DAY_OF_WEEK, DECADE].map((pattern) => new RegExp(pattern, "g"));
const [WHOLE_DAY, WHOLE_DECADE] = [DAY_OF_WEEK, DECADE].map((pattern) => new RegExp(`^(?:${pattern})$`));
const MONTHS = 12, MOST_YEARS = 10, WEEK = 7, MOST_WEEKS = 8;

/** What says as much as an amount, a share or a time of day in another measure; nothing for anything else. */
export function equalMeasures(unit) {
  const named = Object.hasOwn(NAMED, unit) ? NAMED[unit] : [];
  return [...new Set([...named, ...equals(unit), ...equalTimes(unit), ...equalBounds(unit), ...equalDates(unit)])].filter((other) => other !== unit);
}

/** Where in a folded run halves, numbers with a measure in letters, bounds, days of a week and decades stand. */
export const findMeasured = (run) => [
  ...run.matchAll(MEASURED), ...DATES.flatMap((pattern) => [...run.matchAll(pattern)]),
].filter(([text]) => equalMeasures(text).length).map((match) => ({ start: match.index, end: match.index + match[0].length })).concat(findBounds(run));

/** What else calls a day of a week or a decade. */
function equalDates(unit) {
  const day = WHOLE_DAY.exec(unit)?.groups.day, decade = WHOLE_DECADE.exec(unit)?.groups;
  if (day) return /[日天]/.test(day) ? [] : ["星期", "周", "礼拜"].map((week) => week + day);
  if (!decade) return [];
  const tens = decade.years ?? (/^[0-9]/.test(decade.tens) ? decade.tens : fromChinese(decade.tens));
  return ["19", "20世纪", "上世纪", "上个世纪"].map((before) => `${before}${tens}年代`);
}

function equals(unit) {
  const found = AMOUNT.exec(unit)?.groups;
  if (!found) return equalShares(unit);
  const { number, measure } = found, read = /^\d+$/.test(number) ? BigInt(number) : fromChinese(number);
  if (read === 0n) return [];
  const others = OTHERS.get(measure) ?? [], least = Math.max(...[measure, ...others].map((each) => LEAST[each] ?? 0));
  const same = read === null || read >= least ? others.map((other) => number + other) : [];
  return read === null ? same : [...same, ...equalDurations(Number(read), measure)];
}

function equalDurations(number, measure) {
  const years = Math.floor(number / MONTHS), months = number % MONTHS;
  if (measure === "年") return number <= MOST_YEARS ? [`${number * MONTHS}个月`] : [];
  if (measure === "年半") return number <= MOST_YEARS ? [`${number * MONTHS + MONTHS / 2}个月`, `${number}年6个月`] : [];
  if (measure === "个月" && years <= MOST_YEARS) {
    if (!months) return [`${years}年`];
    return years && months === MONTHS / 2 ? [`${years}年半`, `${years}年6个月`] : [];
  }
  if (["周", "星期", "个星期"].includes(measure) && number <= MOST_WEEKS) return [`${number * WEEK}天`, `${number * WEEK}日`];
  const isWeeks = ["天", "日"].includes(measure) && number % WEEK === 0 && number <= WEEK * MOST_WEEKS;
  return isWeeks ? [`${number / WEEK}周`, `${number / WEEK}个星期`] : [];
}

function equalShares(unit) {
  const tenths = /^0[.]([0-9]{1,2})倍$/.exec(unit)?.[1];
  if (tenths) return [`${Number(tenths.padEnd(2, "0"))}%`];
  const share = readShare(unit);
  if (!share) return [];
  return [...writeShare(share), ...(share[0] * 2n === share[1] ? ["一半", "半数"] : [])];
}
