// Twin of indexer/static_export/postings.py.
// Pairs, characters and words: fetched shard by shard, decoded at first use.
import { ByteReader } from "../byte_reader.js";
import { characters } from "../analysis/characters.js";

const NONE = new Int32Array(0);

function readPositions(bytes) {
  const reader = new ByteReader(bytes), found = new Int32Array(bytes.length);
  let size = 0;
  for (let last = 0; !reader.done; ) found[size++] = last += reader.number();
  return found.subarray(0, size);
}

/** Ascending lists as one. */
function mergeSorted(lists) {
  const all = new Int32Array(lists.reduce((sum, list) => sum + list.length, 0));
  let at = 0;
  for (const list of lists) {
    all.set(list, at);
    at += list.length;
  }
  return all.sort();
}

export class Postings {
  constructor(store, corpus) {
    this.store = store;
    this.corpus = corpus;
    this.bytes = { pairs: new Map(), characters: new Map(), words: new Map() };
    this.decoded = new Map();
    this.characterPositions = new Map();
  }

  /** Loads where a single character stands: the pairs that begin with it, which follow each other, and how many it has. */
  async ensurePositions(char) {
    if (this.characterPositions.has(char)) return;
    const last = this.store.shardOf("pairs", `${char}\u{10ffff}`), loading = [];
    for (let shard = Math.max(0, this.store.shardOf("pairs", char)); shard <= last; shard++) {
      loading.push(this.store.table("pairs", shard));
    }
    const [tables] = await Promise.all([Promise.all(loading), this.ensure({ characters: [char] })]);
    const pairs = tables.flatMap((table) => [...table]).filter(([pair]) => pair.startsWith(char));
    this.characterPositions.set(char, this.withEnds(mergeSorted(pairs.map(([, bytes]) => readPositions(bytes))), this.character(char)));
  }

  /** With the positions that no pair begins at: those at the end of a passage. */
  withEnds(positions, { rows, counts }) {
    const { starts } = this.corpus, all = [];
    let at = 0;
    rows.forEach((row, number) => {
      const before = at;
      while (at < positions.length && positions[at] < starts[row + 1]) all.push(positions[at++]);
      if (at - before < counts[number]) all.push(starts[row + 1] - 1);
    });
    return Int32Array.from(all);
  }

  /** Where a text stands, in order; a single character must have been loaded by `ensurePositions`. */
  positions(text) {
    return this.characterPositions.get(text) ?? this.occurrences(text);
  }

  /** Loads the postings of terms: {pairs, characters, words}, each a list or set. */
  async ensure(terms) {
    const loading = [];
    for (const [kind, wanted] of Object.entries(terms)) {
      const shards = new Map();
      for (const term of new Set(wanted)) {
        if (this.bytes[kind].has(term)) continue;
        const shard = this.store.shardOf(kind, term);
        if (shard < 0) this.bytes[kind].set(term, null);
        else shards.set(shard, [...(shards.get(shard) ?? []), term]);
      }
      for (const [shard, members] of shards) {
        loading.push(this.store.table(kind, shard).then((table) => {
          for (const term of members) this.bytes[kind].set(term, table.get(term) ?? null);
        }));
      }
    }
    await Promise.all(loading);
  }

  /** Loads what tells which rows hold a text. */
  ensureText(text) {
    const size = characters(text).length;
    return this.ensure(size === 1 ? { characters: [text] } : { pairs: pairsIn(text).map(([pair]) => pair) });
  }

  get(kind, term, decode) {
    const key = `${kind} ${term}`;
    if (!this.decoded.has(key)) {
      const bytes = this.bytes[kind].get(term);
      if (bytes === undefined) throw new Error(`${key} was not loaded`);
      this.decoded.set(key, decode(bytes));
    }
    return this.decoded.get(key);
  }

  /** Where a pair begins, in order. */
  pairPositions(pair) {
    return this.get("pairs", pair, (bytes) => (bytes === null ? NONE : readPositions(bytes)));
  }

  /** The rows that hold a character, in order, and how often each does. */
  character(char) {
    return this.get("characters", char, (bytes) => {
      if (bytes === null) return { rows: NONE, counts: NONE };
      const reader = new ByteReader(bytes), rows = new Int32Array(bytes.length), counts = new Int32Array(bytes.length);
      let size = 0;
      for (let last = 0; !reader.done; size++) {
        const value = reader.number();
        rows[size] = last += value >> 1;
        counts[size] = value & 1 ? reader.number() : 1;
      }
      return { rows: rows.subarray(0, size), counts: counts.subarray(0, size) };
    });
  }

  /** Where characters stand next to each other, two of them or more, in order. */
  occurrences(text) {
    const lists = pairsIn(text).map(([pair, at]) => [this.pairPositions(pair), at]);
    lists.sort((one, other) => one[0].length - other[0].length);
    const [[shortest, offset], ...others] = lists;
    let begins = offset ? shortest.map((position) => position - offset) : shortest;
    for (const [positions, at] of others) begins = begins.filter(memberTest(positions, at));
    return others.length ? this.inOnePassage(begins, characters(text).length) : begins;
  }

  /** Without what goes on in the next passage, which every second pair does not tell. */
  inOnePassage(begins, size) {
    const { starts } = this.corpus, rows = this.corpus.rowsAt(begins);
    return begins.filter((begin, at) => begin + size <= starts[rows[at] + 1]);
  }

  /** The rows that hold characters next to each other, each once. */
  rowsWith(text) {
    const size = characters(text).length;
    if (size === 1) return this.character(text).rows;
    const rows = this.corpus.rowsAt(this.occurrences(text));
    return rows.filter((row, at) => !at || row !== rows[at - 1]);
  }

  /** The rows in which a word stands, in order, and how often. */
  word(word) {
    const bytes = this.bytes.words.get(word);
    if (bytes === undefined) throw new Error(`the word ${word} was not loaded`);
    if (bytes === null) return { rows: NONE, counts: NONE };
    return this.get("words", word, () => counted(this.kept(this.rowOfOccurrences(word), bytes)));
  }

  rowOfOccurrences(word) {
    if (characters(word).length > 1) return this.corpus.rowsAt(this.occurrences(word));
    const { rows, counts } = this.character(word);
    const found = [];
    rows.forEach((row, at) => {
      for (let n = counts[at]; n; n--) found.push(row);
    });
    return found;
  }

  /** Those occurrences that are the word itself: runs that are, are not, are … */
  kept(occurrences, bytes) {
    if (!bytes.length) return occurrences;
    const reader = new ByteReader(bytes), kept = [];
    for (let at = 0, isWord = true; !reader.done; isWord = !isWord) {
      const end = at + reader.number();
      if (isWord) for (let number = at; number < end; number++) kept.push(occurrences[number]);
      at = end;
    }
    return kept;
  }
}

/** The pairs whose positions tell where a text stands, each with its offset in the text: every second one, and the last. */
export function pairsIn(text) {
  const chars = characters(text), found = [];
  for (let at = 0; at < chars.length - 1; at += 2) found.push([chars[at] + chars[at + 1], at]);
  if (chars.length % 2 && chars.length > 1) found.push([chars.at(-2) + chars.at(-1), chars.length - 2]);
  return found;
}

/** Whether an ascending list holds what is sought, which ascends too, `offset` further on. */
function memberTest(positions, offset) {
  let at = 0;
  return (begin) => {
    while (at < positions.length && positions[at] < begin + offset) at++;
    return at < positions.length && positions[at] === begin + offset;
  };
}

/** Rows with repetitions → each once, and how often. */
export function counted(list) {
  const rows = [], counts = [];
  for (const row of list) {
    if (rows.length && rows.at(-1) === row) counts[counts.length - 1]++;
    else {
      rows.push(row);
      counts.push(1);
    }
  }
  return { rows, counts };
}
