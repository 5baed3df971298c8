// No twin: Python has this in the language.
// Text as Python has it: a sequence of code points, and its questions about characters.

/** The code points of a text, each as a string. */
export const characters = (text) => Array.from(text);

/** Text before text, by code points (JavaScript's own order is that of UTF-16). */
export function compareText(one, other) {
  const shorter = Math.min(one.length, other.length);
  for (let at = 0; at < shorter; at++) {
    const a = one.charCodeAt(at), b = other.charCodeAt(at);
    if (a !== b) {
      const [high, low] = [a >= 0xd800 && a < 0xe000, b >= 0xd800 && b < 0xe000];
      return high === low ? a - b : high ? 1 : -1;
    }
  }
  return one.length - other.length;
}

/** Lists before lists, element by element. */
export function compareLists(one, other) {
  for (let at = 0; at < Math.min(one.length, other.length); at++) {
    const difference = compareText(one[at], other[at]);
    if (difference) return difference;
  }
  return one.length - other.length;
}

export const SPACE = "\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
const IS_SPACE = new RegExp(`^[${SPACE}]$`);
const IS_WORD = /^[\p{L}\p{N}_]$/u;
const IS_ALPHANUMERIC = /^[\p{L}\p{N}]$/u;
const IS_DIGITS = /^\p{Nd}+$/u;

export const isSpace = (char) => IS_SPACE.test(char);
export const isBlank = (text) => text !== "" && characters(text).every(isSpace);
export const isAlphanumeric = (char) => IS_ALPHANUMERIC.test(char);
export const isDigits = (text) => IS_DIGITS.test(text);

const known = new Map();

/** Whether a character can be part of a word: a letter or digit of any script, Han included. */
export function isWordCharacter(char) {
  let answer = known.get(char);
  if (answer === undefined) known.set(char, (answer = IS_WORD.test(char)));
  return answer;
}

/** Each element once, in order. */
export const distinct = (values) => [...new Set(values)];

/** A text without white space at its ends. */
export function strip(text) {
  return text.replace(new RegExp(`^[${SPACE}]+|[${SPACE}]+$`, "g"), "");
}

/** The first index in an ascending list whose value is not below (with `after`: is above) `wanted`. */
export function bisect(values, wanted, after = false, low = 0, high = values.length) {
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle] < wanted || (after && values[middle] === wanted)) low = middle + 1;
    else high = middle;
  }
  return low;
}
