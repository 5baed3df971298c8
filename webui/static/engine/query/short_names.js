// Twin of indexer/query/short_names.py.
// What people call a law for short, though no text says so: 民诉法, 道交法, 消保法, 治安法, 工伤条例.
import { characters } from "../analysis/characters.js";

const RULES = /(?:法|条例)$/;
const LONGEST = 6, SHORTEST = 3;

export class ShortNames {
  constructor(titles) {
    this.byFirst = new Map();
    for (const title of titles) {
      if (!RULES.test(title)) continue;
      const [first] = title;
      if (!this.byFirst.has(first)) this.byFirst.set(first, []);
      this.byFirst.get(first).push(title);
    }
  }

  /** Where a short name that begins at `start` of some characters may end, the longest first. */
  at(chars, start) {
    const ends = [];
    if (!this.byFirst.has(chars[start])) return ends;
    for (let end = Math.min(start + LONGEST, chars.length); end >= start + SHORTEST; end--) {
      if (RULES.test(chars.slice(start, end).join(""))) ends.push(end);
    }
    return ends;
  }

  /** The titles that a short name may stand for, those from which it leaves out least; `knows` tells whether the
   * dictionary has a word. */
  titles(short, knows) {
    const chars = characters(short), begin = knows(short) ? short.replace(RULES, "") : "";
    const found = this.byFirst.get(chars[0]).filter((title) => isShortFor(short, title));
    const size = (title) => characters(title).length, nearest = Math.min(...found.map(size));
    return found.filter((title) => size(title) === nearest && !(begin && title.startsWith(begin)));
  }
}

/** Whether a folded name begins and ends as a longer title does and keeps its order. */
export function isShortFor(short, title) {
  const ending = RULES.exec(short)?.[0], whole = characters(title), chars = characters(short);
  if (!ending || chars.length >= whole.length || !title.endsWith(ending) || chars[0] !== whole[0]) return false;
  const rest = whole.slice(0, whole.length - ending.length);
  let at = -1;
  return chars.slice(0, chars.length - ending.length).every((char) => (at = rest.indexOf(char, at + 1)) >= 0);
}
