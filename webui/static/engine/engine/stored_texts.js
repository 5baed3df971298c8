// No twin: Python reads passages where it needs them.
// The passages themselves, in blocks that are fetched for hits that are shown, and to verify wildcards.
import { ByteReader } from "../byte_reader.js";
import { damaged } from "./store.js";

// So many blocks of texts share a file of cuts, and of digests.
const BLOCKS_OF_GROUP = 16;

export class Texts {
  constructor(store, corpus) {
    this.store = store;
    this.corpus = corpus;
    this.parsed = new Map();
    this.pieces = new Map();
  }

  async block(row) {
    const block = this.corpus.blockOf(row);
    if (!this.parsed.has(block)) {
      const bytes = await this.store.load(`texts/${block}`);
      try {
        this.parsed.set(block, JSON.parse(new TextDecoder().decode(bytes)));
      } catch (error) {
        throw damaged(`texts/${block}`);
      }
    }
    return [this.parsed.get(block), row - this.corpus.blocks[block]];
  }

  async text(row) {
    const [block, at] = await this.block(row);
    return block.texts[at];
  }

  /** What ends the passage's permalink: a digest of its text. */
  async digest(row) {
    const [block, at] = await this.block(row);
    return block.digests.slice(at * 6, at * 6 + 6);
  }

  /** The same digest, without reading the text. */
  async shortDigest(row) {
    const number = Math.floor(this.corpus.blockOf(row) / BLOCKS_OF_GROUP);
    const bytes = await this.store.load(`digests/${number}`), at = 3 * (row - this.corpus.blocks[number * BLOCKS_OF_GROUP]);
    if (at + 3 > bytes.length) throw damaged(`digests/${number}`);
    return Array.from(bytes.subarray(at, at + 3), (byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  /** The ranges of it that its document shows bold. */
  async emphasis(row) {
    const [block, at] = await this.block(row);
    return block.emphasis?.[at] ?? [];
  }

  /** The pictures beside it. */
  async pictures(row) {
    const [block, at] = await this.block(row);
    return block.pictures?.[at] ?? [];
  }

  /** What leads to a row on its page, in an export that lies in a site. */
  async spot(row) {
    const [block, at] = await this.block(row);
    return block.spots[at];
  }

  /** Lengths of the segmented pieces of a row. */
  async cuts(row) {
    const number = Math.floor(this.corpus.blockOf(row) / BLOCKS_OF_GROUP);
    const bytes = await this.store.load(`cuts/${number}`);
    if (!this.pieces.has(number)) {
      const reader = new ByteReader(bytes), rows = [];
      while (!reader.done) rows.push(reader.numbers(reader.number()));
      this.pieces.set(number, rows);
    }
    return this.pieces.get(number)[row - this.corpus.blocks[number * BLOCKS_OF_GROUP]];
  }

  /** Where the segmented pieces of a row begin and end, in order. */
  async edges(row) {
    const edges = [0];
    for (const length of await this.cuts(row)) edges.push(edges.at(-1) + length);
    return edges;
  }
}
