// What every visit reads first: documents, the tree of headings, the columns of the passages (indexer/export/rows.py).
import { unsign } from "./store.js";
import { bisect, characters, compareText } from "./text.js";

const running = (reader, next) => {
  const values = [];
  let last = 0;
  while (!reader.done) values.push((last = next(last)));
  return values;
};
const all = (reader) => running(reader, () => reader.number());
const ascending = (reader) => running(reader, (last) => last + reader.number());
const moving = (reader) => running(reader, (last) => last + reader.signed());

/** 0 is a heading that is new, whose number is the next; else the distance from the last one that was not. */
function readHeadings(reader) {
  let fresh = 0, last = 0;
  return all(reader).map((value) => (value ? (last += unsign(value - 1)) : fresh++));
}

export class Corpus {
  constructor({ about, columns }) {
    this.documents = about.documents.map(([id, title, path, url, date, tags]) =>
      ({ id, title, path, url, date, tags, year: date ? date.slice(0, 4) : null }));
    this.names = about.names;
    const headed = moving(columns.topic_names).map((name) => characters(this.names[name]).slice(columns.topic_starts.number()).join(""));
    this.topicSets = about.topics.map((topics) => topics ?? [headed.shift()]);
    this.firstRows = ascending(columns.first_rows);
    this.blocks = ascending(columns.blocks);
    this.nodes = moving(columns.nodes);
    this.kinds = all(columns.kinds).map((kind) => about.kinds[kind]);
    this.characterCounts = all(columns.characters);
    this.wordCounts = new Int32Array(this.characterCounts.length);
    const bySize = this.characterCounts.map((_, row) => row);
    bySize.sort((one, other) => this.characterCounts[one] - this.characterCounts[other] || one - other);
    for (const row of bySize) this.wordCounts[row] = columns.words.number();
    this.topics = moving(columns.topics);
    this.parents = all(columns.parents).map((distance, node) => node - distance);
    this.headings = readHeadings(columns.headings);
    this.size = this.nodes.length;
    this.known = new Set(ascending(columns.known).map((code) => String.fromCodePoint(code)));
    this.forms = new Map(about.forms);
    this.starts = [0];
    for (const count of this.characterCounts) this.starts.push(this.starts.at(-1) + count);
    this.derive();
  }

  derive() {
    let document = -1;
    this.owners = this.parents.map((parent, node) => (parent === node ? ++document : document)); // of nodes
    this.live = new Uint8Array(this.parents.length); // nodes that hold passages themselves
    for (const node of this.nodes) this.live[node] = 1;
    this.paths = [];
    this.pathKeys = this.parents.map((parent, node) => {
      this.paths[node] = parent === node ? [] : [...this.paths[parent], this.names[this.headings[node]]];
      return this.paths[node].join("\0");
    });
    const rank = (compare) => {
      const order = this.documents.map((_, at) => at).sort((a, b) => compare(this.documents[a], this.documents[b]) || a - b);
      const ranks = [];
      order.forEach((at, place) => (ranks[at] = place));
      return ranks;
    };
    const undatedLast = (one, other) => Number(!one.date) - Number(!other.date);
    this.orders = {
      relevance: rank((one, other) => compareText(one.id, other.id)),
      order: rank(() => 0),
      date: rank((one, other) => undatedLast(one, other) || compareText(one.date ?? "", other.date ?? "")),
      "-date": rank((one, other) => undatedLast(one, other) || compareLatest(one.date ?? "", other.date ?? "")),
    };
  }

  /** The folded titles, headings and so on, made at first need. */
  fold(folding) {
    const fold = (text) => folding.fold(text);
    this.foldedNames ??= this.names.map(fold);
    this.foldedTopics ??= this.topicSets.map((topics) => topics.map(fold));
    this.foldedTitles ??= this.documents.map((each) => fold(each.title));
  }

  ownerOf(row) {
    return this.owners[this.nodes[row]];
  }

  ordinalOf(row) {
    return row - this.firstRows[this.ownerOf(row)];
  }

  /** The row of each of ascending positions. */
  rowsAt(positions) {
    const rows = new Int32Array(positions.length), { starts } = this;
    let row = 0;
    for (let at = 0; at < positions.length; at++) {
      if (positions[at] >= starts[row + 1]) row = bisect(starts, positions[at], true, row + 1) - 1;
      rows[at] = row;
    }
    return rows;
  }

  blockOf(row) {
    return bisect(this.blocks, row, true) - 1;
  }
}

/** Later dates first; of dates that begin alike the shorter one first, as Python compares what is negated. */
function compareLatest(one, other) {
  const size = Math.min(one.length, other.length);
  return compareText(other.slice(0, size), one.slice(0, size)) || one.length - other.length;
}
