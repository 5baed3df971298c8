// Twin of indexer/query/short_names.py.
// What people call a law for short, though no text says so: 民诉法, 道交法, 消保法, 治安法, 工伤条例, 物业条例, 危废名录.
import { characters } from "../analysis/characters.js";
import { NUMERALS } from "../analysis/numerals.js";

const RULES = /(?:办法|方法|法|条例)$/, ANY_RULES = "办法|方法|法|条例|规定|细则|规则|规程|名录|目录";
const ENDS_AS_RULES = new RegExp(`(?:${ANY_RULES})$`);
const ASKED_ALONE = new RegExp(
  `^.{2,10}?(?:${ANY_RULES})(?=[》〉」』”"]?(?:$| ?第? ?(?:\\d+|[${NUMERALS}]+) ?条| ?\\d{1,3}$))`, "u");
const LONGEST = 6, SHORTEST = 3, MOST_HELD = 4;
const CONVENTIONAL = {
  消法: ["消费者权益保护法"], 反法: ["反不正当竞争法"], 征管法: ["税收征收管理法"], 计生法: ["人口与计划生育法"], 版权法: ["著作权法"],
  交规: ["道路交通安全法", "道路交通安全法实施条例"], 港版国安法: ["香港特别行政区维护国家安全法"],
};

export class ShortNames {
  constructor(titles) {
    this.titles = titles.filter((title) => ENDS_AS_RULES.test(title));
  }

  /** Where a short name that begins at `start` of some characters may end, the longest first, and the titles that it may
   * stand for; `knows` tells whether the dictionary has a word. */
  at(chars, start, knows) {
    const alone = start ? null : ASKED_ALONE.exec(chars.join("")), last = alone && characters(alone[0]).length, found = [];
    for (let end = Math.min(chars.length, Math.max(start + LONGEST, last)); end > start + 1; end--) {
      const titles = this.called(chars.slice(start, end).join(""), end - start, end === last, end < chars.length, knows);
      if (titles.length) found.push([end, titles]);
    }
    return found;
  }

  called(short, size, isAlone, isNumbered, knows) {
    const isRules = RULES.test(short) && size >= SHORTEST && size <= LONGEST;
    const titles = Object.hasOwn(CONVENTIONAL, short) ? CONVENTIONAL[short].filter((title) => this.titles.includes(title))
      : isAlone || isRules ? this.begunAs(short, knows) : [];
    return !titles.length && isAlone ? this.apart(short, knows, isNumbered) : titles;
  }

  begunAs(short, knows) {
    const begin = knows(short) ? short.replace(RULES, "") : "";
    return shortest(this.titles.filter((title) => isShortFor(short, title))).filter((title) => !(begin && title.startsWith(begin)));
  }

  apart(short, knows, isNumbered) {
    const [head, ending] = parted(short), known = knows(short);
    const found = this.titles.filter((title) => {
      const [rest, own] = parted(title);
      return known ? isNumbered && title.endsWith(short) : own === ending && rest.length > head.length && keepsOrder(head, rest);
    });
    if (found.length > MOST_HELD) return [];
    return known ? found : shortest(found);
  }
}

/** Whether a folded name begins and ends as a longer title does and keeps its order. */
export function isShortFor(short, title) {
  if (!RULES.test(short) || characters(short).length >= characters(title).length) return false;
  const [head, ending] = parted(short), [rest, own] = parted(title);
  return ending === own && characters(short)[0] === characters(title)[0] && keepsOrder(head, rest);
}

/** A name without what rules of its sort end in, and that. */
function parted(name) {
  const head = name.replace(ENDS_AS_RULES, "");
  return [head, name.slice(head.length)];
}

function keepsOrder(part, whole) {
  let at = 0;
  return characters(part).every((char) => (at = whole.indexOf(char, at) + 1) > 0);
}

function shortest(titles) {
  const size = (title) => characters(title).length, least = Math.min(...titles.map(size));
  return titles.filter((title) => size(title) === least);
}
