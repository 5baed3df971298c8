// Twin of indexer/query/names.py.
// What documents are called, and where a query calls one.
import { characters, distinct, strip } from "../analysis/characters.js";
import { HAN } from "../analysis/fold.js";
import { NUMERALS } from "../analysis/numerals.js";

const LONGEST = 60, SHORTEST = 3;
const STATE = "中华人民共和国";
const MARKS = /[《》〈〉「」『』“”"]/g;
const ENDS = /^[《》〈〉「」『』“”" ]+|[《》〈〉「」『』“”" ]+$/g;
const VERSION = /\([^()]*(?:\d{4}|[〇零一二三四五六七八九]{4}|修订|修正|试行|暂行|施行|全文|版)[^()]*\)$/;
const NUMBERED = new RegExp(`^第[${NUMERALS}\\d]+`);
const IS_RULES = /[法典例]$/;
const FOLLOWS = new RegExp(`^(?:[^${HAN}]|第|里|中|的|规定|对|上|下|是)`, "u");

export class Names {
  /** @param {Map<string, string[]>} documents folded name → ids of the documents called so */
  constructor(documents) {
    this.documents = documents;
    this.longest = [...documents.keys()].reduce((most, name) => Math.max(most, characters(name).length), 0);
  }

  /** The documents whose title something typed is, all of it; `key` folds. */
  ofTitle(typed, key) {
    const found = titleKeys(typed, key).find((each) => this.documents.has(each));
    return found === undefined ? [] : this.documents.get(found);
  }

  /** The names in a folded text, in order, the longest at each place: {start, end, documents}; `edges` are its words'. */
  inside(text, edges) {
    const chars = characters(text), found = [];
    for (let start = 0; start < chars.length; ) {
      const name = edges.has(start) ? this.at(chars, start, edges) : null;
      if (name) found.push(name);
      start = name ? name.end : start + 1;
    }
    return found;
  }

  at(chars, start, edges) {
    const size = STATE.length, hasState = chars.slice(start, start + size).join("") === STATE;
    const begin = hasState ? start + size : start;
    for (let end = Math.min(chars.length, begin + this.longest); end > begin; end--) {
      const name = chars.slice(begin, end).join(""), documents = this.documents.get(name);
      const ends = () => edges.has(end) || FOLLOWS.test(chars.slice(end, end + 2).join(""));
      if (documents && standsAlone(name) && ends()) return { start, end, documents };
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
