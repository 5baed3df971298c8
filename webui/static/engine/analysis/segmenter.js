// No twin: Python has the libraries rjieba and jieba.
// Segmentation of folded text into words as rjieba or jieba does it: the most probable path through the dictionary's
// words, and a hidden Markov model for what they leave over. Sources: jieba-rs src/lib.rs, src/hmm.rs; jieba
// __init__.py, finalseg. The dictionary comes in shards, those of the characters that are asked for.
import { characters } from "./characters.js";
import { ByteReader } from "../byte_reader.js";

const NEVER = -3.14e100;
const UNIT = 10 ** 6; // of the HMM's logarithms
// States of the HMM, and which may come before each; of two equal ones the second wins.
const BEGIN = 0, END = 1, MIDDLE = 2, SINGLE = 3;
const BEFORE = [[END, SINGLE], [BEGIN, MIDDLE], [BEGIN, MIDDLE], [END, SINGLE]];
const MOST_WORD = 40;

const VARIANTS = {
  rjieba: {
    block: /^[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u{20000}-\u{2a6df}\u{2a700}-\u{2ebef}\u{2f800}-\u{2fa1f}a-zA-Z0-9+#&._%-]$/u,
    other: /[a-zA-Z0-9]+(?:[._-][a-zA-Z0-9]+)*%?/g,
  },
  jieba: { block: /^[\u4e00-\u9fd5a-zA-Z0-9+#&._%-]$/u, other: /[a-zA-Z0-9]+(?:\.\d+)?%?/g },
};
const IN_MODEL = /^[\u4e00-\u9fd5]$/;

export class Segmenter {
  constructor(store, about) {
    this.store = store;
    this.variant = VARIANTS[about.segmenter];
    this.logTotal = Math.log(about.total);
    this.start = about.start;
    this.transitions = about.transitions;
    this.protectedWords = new Set(about.protected);
    this.protectedPattern = matcher(about.protected);
    this.words = new Map(); // word → logarithm of its frequency
    this.longest = Math.max(0, ...about.protected.map((word) => word.length)); // no word that is known is longer
    this.emissions = new Map();
    this.loaded = new Set();
  }

  /** Loads what of the dictionary is needed to cut `texts`. */
  async ensure(texts) {
    const wanted = new Set();
    for (const text of texts) {
      const chars = characters(text);
      chars.forEach((char, at) => {
        if (!this.variant.block.test(char)) return;
        const start = char + (chars[at + 1] ?? "");
        const last = this.store.shardOf("dictionary", chars[at + 1] ? `${start}\u{10ffff}` : start);
        for (let shard = this.store.shardOf("dictionary", start); shard <= last; shard++) wanted.add(shard);
      });
    }
    const missing = [...wanted].filter((shard) => shard >= 0 && !this.loaded.has(shard));
    await Promise.all(missing.map((shard) => this.loadShard(shard)));
  }

  async loadShard(shard) {
    for (const [word, bytes] of await this.store.table("dictionary", shard)) {
      const reader = new ByteReader(bytes);
      const frequency = reader.number();
      if (frequency) {
        this.words.set(word, Math.log(frequency));
        this.longest = Math.max(this.longest, word.length);
      }
      if (!reader.done) this.emissions.set(word, reader.numbers(4).map((each) => (each ? -each / UNIT : NEVER)));
    }
    this.loaded.add(shard);
  }

  /** Whether a word stands in a dictionary; else it was guessed from its characters. */
  knows(word) {
    return this.protectedWords.has(word) || this.words.has(word);
  }

  /** All pieces of a text in order, marks and white space included. */
  cut(text) {
    if (!this.protectedPattern) return this.cutPlain(text);
    const pieces = [];
    let position = 0;
    for (const match of text.matchAll(this.protectedPattern)) {
      if (match.index > position) pieces.push(...this.cutPlain(text.slice(position, match.index)));
      pieces.push(match[0]);
      position = match.index + match[0].length;
    }
    if (position < text.length) pieces.push(...this.cutPlain(text.slice(position)));
    return pieces;
  }

  cutPlain(text) {
    const chars = characters(text), pieces = [];
    let at = 0;
    while (at < chars.length) {
      if (this.variant.block.test(chars[at])) {
        let end = at + 1;
        while (end < chars.length && this.variant.block.test(chars[end])) end++;
        this.cutBlock(chars.slice(at, end), pieces);
        at = end;
      } else if (chars[at] === "\r" && chars[at + 1] === "\n") {
        pieces.push("\r\n");
        at += 2;
      } else {
        pieces.push(chars[at++]);
      }
    }
    return pieces;
  }

  cutBlock(chars, pieces) {
    const route = this.bestRoute(chars);
    let at = 0, left = -1;
    const flush = (end) => {
      if (left >= 0) this.cutUnjoined(chars.slice(left, end), pieces);
      left = -1;
    };
    while (at < chars.length) {
      const end = route[at];
      if (end - at === 1) {
        if (left < 0) left = at;
      } else {
        flush(at);
        pieces.push(chars.slice(at, end).join(""));
      }
      at = end;
    }
    flush(at);
  }

  /** For every character where the word that begins there ends, on the most probable path. */
  bestRoute(chars) {
    const size = chars.length;
    const worth = new Float64Array(size + 1), route = new Int32Array(size);
    for (let at = size - 1; at >= 0; at--) {
      let best = -Infinity, end = 0, word = "";
      for (let next = at + 1; next <= Math.min(size, at + MOST_WORD); next++) {
        word += chars[next - 1];
        const known = this.words.get(word);
        if (known === undefined) continue;
        const probability = known - this.logTotal + worth[next];
        if (!end || probability >= best) [best, end] = [probability, next];
      }
      if (!end) [best, end] = [0 - this.logTotal + worth[at + 1], at + 1];
      worth[at] = best;
      route[at] = end;
    }
    return route;
  }

  /** A run of single characters: through the model, unless together they are a word after all. */
  cutUnjoined(run, pieces) {
    if (run.length === 1 || this.words.has(run.join(""))) {
      pieces.push(...run);
      return;
    }
    let at = 0;
    while (at < run.length) {
      const inModel = IN_MODEL.test(run[at]);
      let end = at + 1;
      while (end < run.length && IN_MODEL.test(run[end]) === inModel) end++;
      if (!inModel) pieces.push(...alternating(run.slice(at, end).join(""), this.variant.other));
      else if (end - at === 1) pieces.push(run[at]);
      else this.cutByModel(run.slice(at, end), pieces);
      at = end;
    }
  }

  cutByModel(run, pieces) {
    const states = this.viterbi(run);
    let begin = 0, next = 0;
    states.forEach((state, at) => {
      if (state === BEGIN) begin = at;
      else if (state === END || state === SINGLE) {
        pieces.push(run.slice(state === END ? begin : at, at + 1).join(""));
        next = at + 1;
      }
    });
    if (next < run.length) pieces.push(run.slice(next).join(""));
  }

  viterbi(run) {
    const emission = (char) => this.emissions.get(char) ?? [NEVER, NEVER, NEVER, NEVER];
    let scores = emission(run[0]).map((each, state) => this.start[state] + each);
    const chosen = [];
    for (let at = 1; at < run.length; at++) {
      const emitted = emission(run[at]), before = [], current = [];
      BEFORE.forEach(([one, other], state) => {
        const first = scores[one] + this.transitions[one][state] + emitted[state];
        const second = scores[other] + this.transitions[other][state] + emitted[state];
        current.push(first > second ? first : second);
        before.push(first > second ? one : other);
      });
      scores = current;
      chosen.push(before);
    }
    const states = [scores[END] > scores[SINGLE] ? END : SINGLE];
    for (let at = chosen.length - 1; at >= 0; at--) states.unshift(chosen[at][states[0]]);
    return states;
  }
}

/** Matches of a pattern and what stands between them, in order. */
function alternating(text, pattern) {
  const pieces = [];
  let position = 0;
  for (const match of text.matchAll(pattern)) {
    if (match.index > position) pieces.push(text.slice(position, match.index));
    pieces.push(match[0]);
    position = match.index + match[0].length;
  }
  if (position < text.length) pieces.push(text.slice(position));
  return pieces;
}

/** Longest word first; one that begins or ends in a letter or digit must not stand inside a longer Latin word. */
function matcher(words) {
  if (!words.length) return null;
  const ordered = [...words].sort((one, other) => characters(other).length - characters(one).length);
  const bounded = ordered.map((word) => {
    const left = /^[a-z0-9]/.test(word) ? "(?<![a-z0-9])" : "", right = /[a-z0-9]$/.test(word) ? "(?![a-z0-9])" : "";
    return left + word.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&") + right;
  });
  return new RegExp(bounded.join("|"), "gu");
}
