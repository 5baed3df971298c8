// Twin of indexer/query/interpretations.py.
// What people call an interpretation of a law, whose title is a sentence: 民诉法解释, 公司法解释三, 担保制度司法解释.
import { characters, distinct } from "../analysis/characters.js";
import { fromChinese, NUMERALS } from "../analysis/numerals.js";

const STATE = "中华人民共和国";
const TITLE = new RegExp(
  "关于(?:审理|办理|适用|执行|确定)?(?<about>[^、,]{2,40}?)(?:刑事|民事|行政)?(?:纠纷)?(?:案件)?(?:具体)?(?:[应适]用法律)?" +
  `(?:若干|有关)?(?:问题)?的?(?:若干)?(?<kind>解释|规定)(?:\\((?<number>[${NUMERALS}]+)\\))?$`, "u");
const CALLED = new RegExp(
  `(?:司法)?(?<kind>解释|规定)(?:之?\\(?(?<number>[${NUMERALS}]+|\\d{1,2})\\)?(?![条款项章节年\\d${NUMERALS}]))?`, "gu");
const ABOUT_LAW = /^(?<law>.{1,12}?(?:法典|条例|[法典]))(?:有关|中)?(?<rest>.*)$/su;
const SHORTEST = 2, LONGEST = 14, ENDING = 4;

export class Interpretations {
  /** `titles` are folded, without marks around names; `isShort` tells whether a text is what a law is called for short. */
  constructor(titles, isShort) {
    this.isShort = isShort;
    this.about = new Map();
    this.laws = new Map();
    for (const title of titles) {
      const match = TITLE.exec(title)?.groups;
      if (match) this.add({ title, kind: match.kind, number: numberOf(match.number) }, match.about.replaceAll(STATE, ""));
    }
    this.firsts = new Set([...this.about.keys()].map((about) => characters(about)[0]));
  }

  add(found, about) {
    const law = ABOUT_LAW.exec(about)?.groups;
    const names = law ? distinct([about, law.rest, law.law + law.rest]).filter(Boolean) : [about];
    for (const name of names) this.about.set(name, [...(this.about.get(name) ?? []), found]);
    if (law) this.laws.set(law.rest, (this.laws.get(law.rest) ?? new Set()).add(law.law));
  }

  /** Where the name of an interpretation that begins at `start` of some characters ends, and the titles it may stand for. */
  at(chars, start) {
    if (!this.firsts.has(chars[start])) return [];
    const text = chars.slice(start, start + LONGEST + ENDING).join(""), found = [];
    for (const match of text.matchAll(CALLED)) {
      const about = text.slice(0, match.index), size = characters(about).length;
      const titles = size < SHORTEST ? [] : this.called(about, match.groups);
      if (titles.length) found.push([start + size + characters(match[0]).length, titles]);
    }
    return found;
  }

  /** The titles about something; of those with numbers that which is asked for, all where none is. */
  called(about, { kind, number }) {
    const found = this.meant(about).flatMap((name) => this.about.get(name) ?? [])
      .filter((each) => kind !== "规定" || each.kind === kind)
      .filter((each) => number === undefined || each.number === numberOf(number));
    return distinct(found.map(({ title }) => title));
  }

  /** What something that is about a law by its short name is about, as titles have it: 民诉法 is 民事诉讼法. */
  meant(about) {
    if (this.about.has(about)) return [about];
    const { law: short, rest } = ABOUT_LAW.exec(about)?.groups ?? { law: `${about}法`, rest: "" };
    return [...(this.laws.get(rest) ?? [])].filter((law) => this.isShort(short, law) && !law.startsWith(about))
      .map((law) => law + rest);
  }
}

function numberOf(numeral) {
  if (!numeral) return 0;
  return /^\d+$/.test(numeral) ? Number(numeral) : Number(fromChinese(numeral) ?? 0);
}
