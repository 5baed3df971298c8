// Twin of indexer/query/compounds.py.
// What stands for a compound that stands nowhere: the words inside it, else its characters close to each other.
import { characters } from "../analysis/characters.js";
import { HAN } from "../analysis/fold.js";
import { NUMERALS } from "../analysis/numerals.js";
import { literal, within } from "../model/queries.js";

const COMPOUND = new RegExp(`^(?![第${NUMERALS}])[${HAN}]{2,}$`, "u");
const GAP = 6, MOST = 2_000;
const NOTHING = { words: [], close: [] };

/** {words, close} for a folded word; `postings` reads what it needs. */
export async function partsOf(word, analyzer, postings) {
  if (!COMPOUND.test(word)) return NOTHING;
  const chars = characters(word), counts = new Counts(postings);
  if (await counts.ofText(word)) return NOTHING;
  const words = await innerWords(chars, analyzer, counts);
  return { words, close: words.length ? [] : await closeOf(chars, analyzer, counts) };
}

class Counts {
  constructor(postings) {
    this.postings = postings;
  }

  async ofText(text) {
    await this.postings.ensureText(text);
    return this.postings.rowsWith(text).length;
  }

  async ofBoth(one, other) {
    await Promise.all([this.postings.ensureText(one), this.postings.ensureText(other)]);
    const rows = new Set(this.postings.rowsWith(one));
    return this.postings.rowsWith(other).filter((row) => rows.has(row)).length;
  }
}

async function innerWords(chars, analyzer, counts) {
  const covered = [], found = [];
  for (let length = chars.length - 1; length > 1; length--) {
    for (let start = 0; start + length <= chars.length; start++) {
      const inner = chars.slice(start, start + length).join("");
      const inside = covered.some(([a, b]) => a <= start && start + length <= b);
      if (inside || analyzer.uninformative.has(inner) || !analyzer.segmenter.knows(inner)) continue;
      if (!(await counts.ofText(inner))) continue;
      covered.push([start, start + length]);
      found.push(inner);
    }
  }
  return found;
}

async function closeOf(chars, analyzer, counts) {
  const found = [];
  for (let at = 0; at + 1 < chars.length; at++) {
    const [one, other] = chars.slice(at, at + 2);
    if (one === other || analyzer.uninformative.has(one) || analyzer.uninformative.has(other)) continue;
    const count = await counts.ofBoth(one, other);
    if (count && count <= MOST) found.push(within(literal([one]), literal([other]), GAP));
  }
  return found;
}
