// Twin of indexer/analysis/fold.py.
// Folding: normalisation character by character, with a map back to the original offsets.
import { characters, isAlphanumeric, isSpace, strip, SPACE } from "./characters.js";
import { ByteReader } from "../byte_reader.js";

export const HAN = "\\u2e80-\\u2fdf\\u3005-\\u3007\\u3021-\\u3029\\u3038-\\u303b\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{323af}";
export const KANA = "\\u3040-\\u312f\\u31a0-\\u31bf\\u31f0-\\u31ff";
const INVISIBLE = "\\u00ad\\u061c\\u180b-\\u180f\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u206f\\ufe00-\\ufe0f\\ufeff\\u{e0100}-\\u{e01ef}";
const ACCENTS = "\\u0300-\\u0333";

const IS_GAP = new RegExp(`^[${SPACE}${INVISIBLE}${ACCENTS}]$`, "u");
const IS_ACCENT = new RegExp(`^[${ACCENTS}]$`);
const IS_INVISIBLE = new RegExp(`^[${INVISIBLE}]$`, "u");
const IS_HAN = new RegExp(`^[${HAN}]$`, "u");
const IS_CJK = new RegExp(`^[${HAN}${KANA}]$`, "u");
const BLANK = new RegExp(`[${SPACE}${INVISIBLE}]+`, "gu");

/** Text without white space and without what takes no room. */
export const visible = (text) => text.replace(BLANK, "");

/** Folded characters, and for each the offset of its original character. */
export class Folded {
  constructor(chars, offsets) {
    this.chars = chars;
    this.offsets = offsets;
    this.text = chars.join("");
  }

  /** The range of original code points behind a folded range that is not empty. */
  original(start, end) {
    return [this.offsets[start], this.offsets[end - 1] + 1];
  }
}

let common = null;

/** Whether it is a Han character beyond the common ones of GB/T 2312, level 1: as telling as a word. */
export function isRare(char) {
  common ??= new Set(commonCharacters());
  return IS_HAN.test(char) && !common.has(char);
}

function commonCharacters() {
  const bytes = [];
  for (let row = 0xb0; row <= 0xd7; row++) {
    for (let cell = 0xa1; cell <= (row === 0xd7 ? 0xf9 : 0xfe); cell++) bytes.push(row, cell);
  }
  return characters(new TextDecoder("gbk").decode(Uint8Array.from(bytes)));
}

export class Folding {
  /**
   * `forms`: character → simplified form, for the characters of the corpus; `alphabet`: those characters; `load` gives
   * the table of all others, which is read only if a query needs it.
   */
  constructor(alphabet, forms, load) {
    this.alphabet = alphabet;
    this.forms = forms;
    this.load = load;
    this.table = new Map();
    this.complete = false;
  }

  /** Makes sure that what `text` holds can be folded. */
  async ensure(text) {
    if (this.complete || !characters(text.normalize("NFKC")).some((char) => IS_HAN.test(char) && !this.alphabet.has(char))) return;
    const reader = new ByteReader(await this.load());
    const count = reader.number();
    let code = 0;
    const codes = reader.numbers(count).map((gap) => (code += gap));
    for (const each of codes) this.forms.set(String.fromCodePoint(each), String.fromCodePoint(each + reader.signed()));
    this.table.clear();
    this.complete = true;
  }

  fold(text) {
    const original = characters(text), chars = [], offsets = [];
    let at = 0;
    while (at < original.length) {
      if (isSpace(original[at])) {
        const start = at;
        while (at < original.length && IS_GAP.test(original[at])) at++;
        const after = at < original.length ? this.character(original[at])[0] : "";
        if (keepsSpace(chars.at(-1) ?? "") || keepsSpace(after)) {
          chars.push(" ");
          offsets.push(start);
        }
        continue;
      }
      for (const folded of this.character(original[at])) {
        chars.push(folded);
        offsets.push(at);
      }
      at++;
    }
    return new Folded(chars, offsets);
  }

  /** The folded characters alone, without white space at the ends. */
  key(text) {
    return strip(this.fold(text).text);
  }

  /** What one character folds to, as a list of characters. */
  character(char) {
    let folded = this.table.get(char);
    if (folded === undefined) this.table.set(char, (folded = characters(this.foldCharacter(char))));
    return folded;
  }

  foldCharacter(char) {
    const code = char.codePointAt(0);
    if (code >= 0xd800 && code < 0xe000) return "\ufffd";
    if (IS_INVISIBLE.test(char)) return "";
    let compatible = char;
    for (let round = 0; round < 3; round++) compatible = compatible.normalize("NFKC").toLowerCase();
    if (!isSpace(char) && characters(compatible).some(isSpace)) compatible = char.toLowerCase();
    return characters(compatible).map(withoutAccents).map((part) => this.forms.get(part) ?? part).join("");
  }
}

/** A letter without its accents, an accent as nothing, anything else as it is. */
function withoutAccents(char) {
  if (IS_ACCENT.test(char)) return "";
  const [base, ...marks] = characters(char.normalize("NFD"));
  return marks.length && /\p{L}/u.test(base) && marks.every((mark) => IS_ACCENT.test(mark)) ? base : char;
}

/** Whether white space beside a folded character stays; at an end of a text it does, for the caller to strip. */
function keepsSpace(beside) {
  return beside === "" || (isAlphanumeric(beside) && !IS_CJK.test(beside));
}
