// The passages themselves, in blocks that are fetched for hits that are shown, and to verify wildcards.
import { damaged, Reader } from "./store.js";

export class Texts {
  constructor(store, corpus) {
    this.store = store;
    this.corpus = corpus;
    this.parsed = new Map();
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

  /** Lengths of the segmented pieces of a row. */
  async cuts(row) {
    const block = this.corpus.blockOf(row);
    const reader = new Reader(await this.store.load(`cuts/${block}`));
    for (let before = row - this.corpus.blocks[block]; before; before--) reader.numbers(reader.number());
    return reader.numbers(reader.number());
  }
}
