// Twin of indexer/analysis/durations.py.
// Durations that are as long in another measure: 七天 is 7日, 36个月 is 3年. All on folded text.
import { fromChinese } from "./numerals.js";

const DURATION = /^(?<number>\d{1,4}|[零〇一二两三四五六七八九十百千]{1,7}) ?(?<measure>天|日|年|个月)$/u;
const HALF_A_YEAR = "半年", MONTHS = 12, MOST_YEARS = 10;

/** What says as long a time as a number with its measure, in digits; nothing for any other unit. */
export function equalDurations(unit) {
  if (unit === HALF_A_YEAR) return [`${MONTHS / 2}个月`];
  const found = DURATION.exec(unit)?.groups;
  const number = found ? valueOf(found.number) : 0;
  if (!number) return [];
  if (found.measure === "天") return [`${number}日`];
  if (found.measure === "日") return [`${number}天`];
  if (found.measure === "年") return number <= MOST_YEARS ? [`${number * MONTHS}个月`] : [];
  // six months are no 半年, which 上半年 and 下半年 hold
  const years = number / MONTHS;
  return Number.isInteger(years) && years <= MOST_YEARS ? [`${years}年`] : [];
}

const valueOf = (number) => (/^\d+$/.test(number) ? Number(number) : Number(fromChinese(number) ?? 0));
