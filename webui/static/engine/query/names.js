// Twin of indexer/query/names.py.
// What documents are called, and where a query calls one.
import { bisect, characters, distinct, strip } from "../analysis/characters.js";
import { HAN } from "../analysis/fold.js";
import { NUMERALS } from "../analysis/numerals.js";
import { Interpretations } from "./interpretations.js";
import { isShortFor, ShortNames } from "./short_names.js";

const LONGEST = 120, SHORTEST = 3, KEY = 2, MOST_SHARED = 4;
const STATE = "中华人民共和国";
const MARKS = /[《》〈〉「」『』“”"]/g;
const ENDS = /^[《》〈〉「」『』“”" ]+|[《》〈〉「」『』“”" ]+$/g;
const IN_BRACKETS = "\\([^()]*(?:\\d{4}|[〇零一二三四五六七八九]{4}|修订|修正|试行|暂行|施行|全文|版|令第)[^()]*\\)";
const VERSION = new RegExp(`${IN_BRACKETS}$`), VERSION_AFTER = new RegExp(
  `^[》〉」』”"]? ?(?:${IN_BRACKETS}|(?:19|20)\\d\\d ?年?(?:版|修订|修正)?(?= ?第))`);
const NUMBERED = new RegExp(`^第[${NUMERALS}\\d]+`);
const ISSUER = /^[^关]{2,40}(?=关于.{6})/su;
const IS_RULES = /(?<![办方])[法典]$/;
const SORT = new RegExp(` ?\\((?!第? ?[${NUMERALS}\\d上中下续]+ ?条?\\))[^()]+\\)$`, "u");
const ASKED = /^(?:的|是|又|属于|位于|叫|指|分为|可分|原来|负责|为什么|有[几多哪什]|在哪|由[谁哪])/;
const FOLLOWS = new RegExp(`^(?:[^${HAN}]|第|里|中|的|规定|对|上|下|是)`, "u");

const LATIN = /^[a-z0-9]$/;

export class Names {
  /** @param {Map<string, string[]>} documents folded name → ids of the documents called so */
  constructor(documents) {
    this.documents = documents;
    this.short = new ShortNames([...documents.keys()].filter((name) => !name.startsWith(STATE)));
    this.interpretations = new Interpretations([...documents.keys()].filter((name) => name.includes("关于")), isShortFor);
    this.sizes = new Map(); // what names begin with → how long they are, the longest first
    for (const name of documents.keys()) {
      const chars = characters(name), begin = chars.slice(0, KEY).join("");
      this.sizes.set(begin, (this.sizes.get(begin) ?? new Set()).add(chars.length));
    }
    for (const [begin, sizes] of this.sizes) this.sizes.set(begin, [...sizes].sort((one, other) => other - one));
  }

  /** The documents whose title something typed is, all of it; `key` folds. */
  ofTitle(typed, key) {
    const found = titleKeys(typed, key).find((each) => this.documents.has(each));
    return found === undefined ? [] : this.documents.get(found);
  }

  /** The names in a folded text, in order, the longest at each place: {start, end, documents}; `edges` are its words',
   * `knows` tells whether the dictionary has a word. */
  inside(text, edges, knows) {
    const chars = characters(text), kept = [...chars.keys()].filter((at) => !chars[at].match(MARKS)), found = [];
    const plain = kept.map((at) => chars[at]);
    for (let start = 0; start < plain.length; ) {
      const name = edges.has(kept[start]) ? this.at(plain, start, chars, kept, edges, knows) : null;
      if (name) found.push(name);
      start = name ? bisect(kept, name.end) : start + 1;
    }
    return found;
  }

  /** The longest name that begins at `start` of a text without its marks, `kept` being where that stands; what a title
   * is called for short only where no title stands. */
  at(plain, start, chars, kept, edges, knows) {
    const size = STATE.length, begin = plain.slice(start, start + size).join("") === STATE ? start + size : start;
    const longest = [...this.interpretationsAt(plain, begin), ...this.titlesAt(plain, begin)];
    const isFormal = plain.slice(Math.max(begin - size, 0), begin).join("") === STATE; // nobody is formal and short at once
    const short = isFormal ? [] : this.shortAt(plain, begin, knows);
    for (const [to, documents] of [...longest, ...short]) {
      const end = kept[to - 1] + 1, after = chars.slice(end).join("");
      const isInWord = LATIN.test(chars[end - 1]) && LATIN.test(chars[end] ?? "");
      if (!edges.has(end) && (isInWord || !FOLLOWS.test(after))) continue;
      const version = VERSION_AFTER.exec(after);
      return { start: kept[start], end: end + (version ? characters(version[0]).length : 0), documents };
    }
    return null;
  }

  /** Where the titles that begin there end, and whose they are. */
  titlesAt(plain, begin) {
    const sizes = [KEY, 1].flatMap((size) => this.sizes.get(plain.slice(begin, begin + size).join("")) ?? []);
    return sizes.flatMap((length) => {
      const end = begin + length, name = plain.slice(begin, end).join(""), documents = this.documents.get(name);
      const isName = standsAlone(name) || (begin === 0 && ASKED.test(plain.slice(end, end + 3).join("")));
      return documents && end <= plain.length && isName ? [[end, documents]] : [];
    });
  }

  interpretationsAt(plain, begin) {
    // each document has its title in several forms
    return this.interpretations.at(plain, begin).map(([end, titles]) => [end, this.documentsOf(titles)])
      .filter(([, documents]) => documents.length <= MOST_SHARED);
  }

  shortAt(plain, begin, knows) {
    return this.short.at(plain, begin, knows).filter(([, titles]) => titles.length <= MOST_SHARED)
      .map(([end, titles]) => [end, this.documentsOf(titles)]);
  }

  documentsOf(titles) {
    return distinct(titles.flatMap((title) => this.documents.get(title)));
  }
}

/** A text without marks and white space at its ends. */
export const withoutMarks = (text) => text.replace(ENDS, "");

/** What a title is compared by, the fullest first. */
function titleKeys(title, key) {
  const whole = strip(key(title).replace(MARKS, ""));
  const unversioned = whole.replace(VERSION, "");
  const bare = strip(unversioned.startsWith(STATE) ? unversioned.slice(STATE.length) : unversioned);
  const about = bare.replace(ISSUER, "");
  return distinct([whole, bare, about, about.replaceAll(STATE, ""), bare.replace(SORT, "")]).filter((each) => each && characters(each).length <= LONGEST);
}

const standsAlone = (name) => !NUMBERED.test(name) && (characters(name).length >= SHORTEST || IS_RULES.test(name));
