// Twin of indexer/analysis/clock_times.py.
// Times of day as other writers write them: 上午九点 is 9:00, 晚上10点半 is 22:30. All on folded text.
import { fromChinese } from "./numerals.js";

const HOUR = "(?:2[0-4]|[01]?[0-9]|二十[一二三四]?|十[一二三四五六七八九]?|[一二两三四五六七八九零])";
const MINUTE = "(?:[0-5][0-9]分?|[0-9]分|[二三四五]?十[一二三四五六七八九]?分|零?[一二三四五六七八九]分" +
  "|[二三四五]十[一二三四五六七八九]?(?![一二三四五六七八九百千万人名个元块年月天岁条]))";
const CLOCK =
  "(?<![0-9.:第〇零一二两三四五六七八九十])(?:(?<before>凌晨|清晨|早晨|早上|上午|早|晨)|(?<after>下午|傍晚|晚上|晚间|夜间|夜晚|夜里|晚|夜))? ?" +
  `(?<hour>${HOUR})(?::(?<sexagesimal>[0-5][0-9])(?![0-9:])| ?(?<said>[点时])(?![间代期刻段空])(?<rest>整|钟|半|${MINUTE})?)`;
const ANY = new RegExp(CLOCK, "g"), WHOLE = new RegExp(`^(?:${CLOCK})$`);
const NOON = 12, EVENING = 6;
const NAMES = [[0, 6, ["凌晨"]], [5, 12, ["上午", "早上", "早", "晨"]], [12, 19, ["下午"]], [18, 24, ["晚上", "晚"]]];

/** Where each time of day of a folded run stands; an hour alone is one only by 时 or by a part of the day. */
export const findTimes = (run) => [...run.matchAll(ANY)].filter(isTime)
  .map((match) => ({ start: match.index, end: match.index + match[0].length }));

/** What else says a time of day, in digits; nothing for any other text. */
export function equalTimes(text) {
  const match = WHOLE.exec(text);
  return match && isTime(match) ? spellings(hourOf(match.groups), minuteOf(match.groups)).filter((other) => other !== text) : [];
}

const isTime = ({ groups: { said, before, after, rest } }) => said !== "点" || Boolean(before || after || rest);

/** The hour, of 24. */
function hourOf({ hour: said, after }) {
  const hour = valueOf(said);
  if (!after || hour > NOON) return hour;
  if ("夜晚".includes(after[0]) && (hour < EVENING || hour === NOON)) return hour % NOON;
  return (hour % NOON) + NOON;
}

function minuteOf({ sexagesimal, rest }) {
  const said = (sexagesimal ?? rest ?? "").replace(/[整钟分]+$/, "");
  return said === "半" ? 30 : said ? valueOf(said.replace(/^零/, "")) : 0;
}

const valueOf = (number) => (/^\d+$/.test(number) ? Number(number) : Number(fromChinese(number) ?? 0));

/** A time by the 24 hours of a day, and by the 12 of its halves. */
function spellings(hour, minute) {
  const two = (number) => `${number}`.padStart(2, "0"), said = hour > NOON ? hour - NOON : hour;
  const whole = (hour % 24 ? [hour] : [0, 24]).flatMap((each) =>
    [...new Set([`${each}`, two(each)])].map((digits) => `${digits}:${two(minute)}`).concat(rests(minute).map((rest) => each + rest)));
  const halves = NAMES.filter(([from, to]) => hour && from <= hour && hour < to)
    .flatMap(([, , names]) => names.flatMap((name) => rests(minute).map((rest) => `${name}${said}${rest}`)));
  return [...whole, ...halves];
}

function rests(minute) {
  if (!minute) return ["时", "点"];
  return minute === 30 ? ["时30分", "点30分", "点半"] : [`时${minute}分`, `点${minute}分`];
}
