// Twin of indexer/analysis/bounds.py.
// Amounts within bounds as other writers say them: 3-10年 is 三年以上十年以下, 14岁以下 不满十四周岁, 5万以下 五万元以下.
import { fromChinese, NUMERALS } from "./numerals.js";

const NUMBER = `(?:[0-9]{1,4}(?:[.][0-9]+)?|[${NUMERALS}]{1,5})`, NONE_BEFORE = `(?<![0-9.${NUMERALS}第月-])`;
const LARGE = "[万亿]", UNIT = `${LARGE}?(?:元|年|个月|天|日|倍|周?岁)|${LARGE}`;
const RANGE = `${NONE_BEFORE}(?<least>${NUMBER})(?<own>${UNIT})? ?[-~—–至到] ?(?<most>${NUMBER})(?<unit>${UNIT})(?![${NUMERALS}0-9代级])`;
const MONEY = `${NONE_BEFORE}(?:${NUMBER}${LARGE}元?以上)?${NUMBER}${LARGE}元?以[上下]`;
const AGE = `[不未]满(?<below>${NUMBER})周?岁|${NONE_BEFORE}(?<number>${NUMBER})周?岁(?<side>以[上下])`;
const ANY = [RANGE, MONEY, AGE].map((pattern) => new RegExp(pattern, "g"));
const WHOLE = [RANGE, MONEY, AGE].map((pattern) => new RegExp(`^(?:${pattern})$`));
const SIGNS = /[-~—–至到以满]/, DAYS = ["日", "天"], YEARS = 100;

/** Where amounts stand in a run with their bounds. */
export const findBounds = (run) => (SIGNS.test(run) ? ANY.flatMap((pattern) => [...run.matchAll(pattern)]) : [])
  .filter(([text]) => equalBounds(text).length).map((match) => ({ start: match.index, end: match.index + match[0].length }));

/** What says as much as an amount with its bounds; nothing for any other text. */
export const equalBounds = (unit) => (SIGNS.test(unit) ? [...new Set(others(unit))].filter((other) => other !== unit) : []);

function others(unit) {
  const [range, money, age] = WHOLE.map((pattern) => pattern.exec(unit));
  if (range) {
    const { least, own, most, unit: measure } = range.groups;
    return [undefined, measure, measure[0], measure.at(-1)].includes(own) ? ofRange(least, most, measure) : [];
  }
  if (money) return [unit.replace(/(?<=[万亿])(?=以[上下])/g, "元")];
  return age ? ofAge(age.groups.below ?? age.groups.number, age.groups.side !== "以上") : [];
}

function ofRange(least, most, unit) {
  const low = valueOf(least), high = valueOf(most);
  if (low === null || high === null || low >= high || (unit === "年" && high >= YEARS)) return [];
  const measure = /[万亿]$/.test(unit) ? `${unit}元` : unit;
  const measures = DAYS.includes(measure) ? DAYS : measure.endsWith("岁") ? ["岁", "周岁"] : [measure];
  return measures.flatMap((each) => [`${least}${each}以上${most}${each}以下`, `${least}${each}至${most}${each}`, `${least}至${most}${each}`]);
}

/** What says an age; 满 alone stands in 不满, which says the opposite. */
const ofAge = (number, isBelow) => ["周岁", "岁"].flatMap((age) => (isBelow
  ? [`不满${number}${age}`, `未满${number}${age}`, `${number}${age}以下`]
  : [`${number}${age}以上`, `年满${number}${age}`, `已满${number}${age}`]));

function valueOf(number) {
  if (/^[0-9.]+$/.test(number)) return Number(number);
  const value = fromChinese(number);
  return value === null ? null : Number(value);
}
