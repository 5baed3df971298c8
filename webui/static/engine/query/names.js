// Twin of indexer/query/names.py.
// What documents are called, and where a query calls one.
import { bisect, characters, distinct, strip } from "../analysis/characters.js";
import { HAN } from "../analysis/fold.js";
import { NUMERALS } from "../analysis/numerals.js";

const LONGEST = 120, SHORTEST = 3, KEY = 2;
const STATE = "中华人民共和国";
const MARKS = /[《》〈〉「」『』“”"]/g;
const ENDS = /^[《》〈〉「」『』“”" ]+|[《》〈〉「」『』“”" ]+$/g;
const IN_BRACKETS = "\\([^()]*(?:\\d{4}|[〇零一二三四五六七八九]{4}|修订|修正|试行|暂行|施行|全文|版)[^()]*\\)";
const VERSION = new RegExp(`${IN_BRACKETS}$`), VERSION_AFTER = new RegExp(`^[》〉」』”"]? ?${IN_BRACKETS}`);
const NUMBERED = new RegExp(`^第[${NUMERALS}\\d]+`);
const IS_RULES = /[法典例]$/;
const FOLLOWS = new RegExp(`^(?:[^${HAN}]|第|里|中|的|规定|对|上|下|是)`, "u");

export class Names {
  /** @param {Map<string, string[]>} documents folded name → ids of the documents called so */
  constructor(documents) {
    this.documents = documents;
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

  /** The names in a folded text, in order, the longest at each place: {start, end, documents}; `edges` are its words'. */
  inside(text, edges) {
    const chars = characters(text), kept = [...chars.keys()].filter((at) => !chars[at].match(MARKS)), found = [];
    const plain = kept.map((at) => chars[at]);
    for (let start = 0; start < plain.length; ) {
      const name = edges.has(kept[start]) ? this.at(plain, start, chars, kept, edges) : null;
      if (name) found.push(name);
      start = name ? bisect(kept, name.end) : start + 1;
    }
    return found;
  }

  /** The longest name that begins at `start` of a text without its marks, `kept` being where that stands. */
  at(plain, start, chars, kept, edges) {
    const size = STATE.length, begin = plain.slice(start, start + size).join("") === STATE ? start + size : start;
    for (const length of this.sizes.get(plain.slice(begin, begin + KEY).join("")) ?? []) {
      const name = plain.slice(begin, begin + length).join(""), documents = this.documents.get(name);
      if (!documents || begin + length > plain.length || !standsAlone(name)) continue;
      const end = kept[begin + length - 1] + 1, after = chars.slice(end).join("");
      if (!edges.has(end) && !FOLLOWS.test(after)) continue;
      const version = VERSION_AFTER.exec(after);
      return { start: kept[start], end: end + (version ? characters(version[0]).length : 0), documents };
    }
    return null;
  }
}

/** A text without marks and white space at its ends. */
export const withoutMarks = (text) => text.replace(ENDS, "");

/** What a title is compared by, the fullest first. */
function titleKeys(title, key) {
  const whole = strip(key(title).replace(MARKS, ""));
  const unversioned = whole.replace(VERSION, "");
  const bare = strip(unversioned.startsWith(STATE) ? unversioned.slice(STATE.length) : unversioned);
  return distinct([whole, bare]).filter((each) => each && characters(each).length <= LONGEST);
}

const standsAlone = (name) => !NUMBERED.test(name) && (characters(name).length >= SHORTEST || IS_RULES.test(name));
