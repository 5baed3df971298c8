// Twin of indexer/query/amounts.py.
// What a number must count to answer a query.
import { distinct } from "../analysis/characters.js";
import { NUMERALS } from "../analysis/numerals.js";

const ASKED = [
  [/(?:几|多少)个?(?:工作)?[天日]/, "日天", ["个工作日", "个自然日"]],
  [/(?:几|多少)年/, "年", []],
  [/(?:几|多少)个?月/, "", ["个月"]],
  [/(?:几|多少)个?(?:周|星期)/, "周", ["星期"]],
  [/(?:几|多少)个?小时/, "", ["小时"]],
  [/(?:几|多少)(?:周?岁)|多大年龄|年满几/, "岁", ["周岁"]],
  [/多少[钱元块]/, "元", []],
  [/(?:几|多少)倍/, "倍", []],
  [/多久|多长时间|期限|时限|(?:有效|保护|保质|保修)期|[刑任工租]期/, "日天年", ["个月", "个工作日", "小时"]],
];
const LAST = [...`0123456789${NUMERALS}`];

/** The characters that tell of an amount that folded runs ask for; none for what asks for none. */
export const askedAmounts = (runs) => distinct(runs.flatMap((run) => ASKED.filter(([pattern]) => pattern.test(run))
  .flatMap(([, units, others]) => [...LAST.flatMap((last) => [...units].map((unit) => last + unit)), ...others])));
