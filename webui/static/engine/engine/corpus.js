// Twin of indexer/static_export/columns.py.
// What every visit reads first: documents, the tree of headings, the columns of the passages.
import { ByteReader, unsign } from "../byte_reader.js";
import { bisect, characters, compareText, distinct } from "../analysis/characters.js";

/** All numbers of a column, each made from the last one. */
function running(reader, next) {
  const values = new Int32Array(reader.bytes.length);
  let size = 0, last = 0;
  while (!reader.done) values[size++] = last = next(last);
  return values.subarray(0, size);
}
const all = (reader) => running(reader, () => reader.number());
const ascending = (reader) => running(reader, (last) => last + reader.number());
const moving = (reader) => running(reader, (last) => last + reader.signed());

/** 0 is a heading that is new, whose number is the next; else the distance from the last one that was not. */
function readHeadings(reader) {
  let fresh = 0, last = 0;
  return all(reader).map((value) => (value ? (last += unsign(value - 1)) : fresh++));
}

/** Rows by size, those of the same size in order. */
function bySize(sizes) {
  const begins = new Int32Array(sizes.reduce((most, size) => Math.max(most, size), 0) + 2);
  for (const size of sizes) begins[size + 1]++;
  for (let size = 1; size < begins.length; size++) begins[size] += begins[size - 1];
  const rows = new Int32Array(sizes.length);
  sizes.forEach((size, row) => (rows[begins[size]++] = row));
  return rows;
}

export class Corpus {
  constructor({ about, columns }) {
    this.documents = about.documents.map(([id, title, path, url, date, tags, work = null, fields = [], recognizedPages = null]) => ({
      id, title, path, url, date, tags, work, fields, recognizedPages,
      fullTitle: work && !title.includes(work) ? `${work} ${title}` : title,
      fieldValues: fields.map(([name, value]) => `${name}=${value}`),
      year: date ? date.slice(0, 4) : null,
      folders: path.split("/").slice(0, -1).map((_, depth, folders) => folders.slice(0, depth + 1).join("/")),
      type: path.match(/[^/]\.([^./]*)$/)?.[1].toLowerCase() ?? "",
    }));
    this.names = about.names;
    this.columns = distinct(this.documents.flatMap(({ fields }) => fields.map(([name]) => name)));
    this.titles = new Map(Object.entries(about.titles).map(([name, numbers]) => [name, numbers.map((at) => this.documents[at].id)]));
    const headed = Array.from(moving(columns.topic_names), (name) => characters(this.names[name]).slice(columns.topic_starts.number()).join(""));
    this.topicSets = about.topics.map((topics) => topics ?? [headed.shift()]);
    this.site = about.site; // of an export that lies in a built site
    this.pages = about.pages;
    this.roles = about.roles;
    this.firstRows = ascending(columns.first_rows);
    this.blocks = ascending(columns.blocks);
    this.nodes = moving(columns.nodes);
    this.kinds = Array.from(all(columns.kinds), (kind) => about.kinds[kind]);
    this.characterCounts = all(columns.characters);
    this.wordCounts = new Int32Array(this.characterCounts.length);
    for (const row of bySize(this.characterCounts)) this.wordCounts[row] = columns.words.number();
    this.topics = moving(columns.topics);
    this.parents = all(columns.parents).map((distance, node) => node - distance);
    this.headings = readHeadings(columns.headings);
    this.size = this.nodes.length;
    this.known = new Set(Array.from(ascending(columns.known), (code) => String.fromCodePoint(code)));
    this.forms = new Map(about.forms);
    this.starts = new Int32Array(this.size + 1);
    this.characterCounts.forEach((count, row) => (this.starts[row + 1] = this.starts[row] + count));
    this.derive();
  }

  derive() {
    let document = -1;
    this.owners = this.parents.map((parent, node) => (parent === node ? ++document : document)); // of nodes
    this.live = new Uint8Array(this.parents.length); // nodes that hold passages themselves
    for (const node of this.nodes) this.live[node] = 1;
    this.paths = [];
    this.parents.forEach((parent, node) => {
      this.paths.push(parent === node ? [] : [...this.paths[parent], this.names[this.headings[node]]]);
    });
    const rank = (compare) => {
      const order = this.documents.map((_, at) => at).sort((a, b) => compare(this.documents[a], this.documents[b]) || a - b);
      const ranks = [];
      order.forEach((at, rank) => (ranks[at] = rank));
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
    this.foldedTitles ??= this.documents.map((each) => fold(each.fullTitle));
  }

  /** Reads which passages have the text of an earlier one. */
  async ensureCopies(load) {
    if (this.copies) return;
    const reader = new ByteReader(await load()), copies = new Map();
    for (let row = 0; !reader.done; ) copies.set((row += reader.number()), row - reader.number());
    this.copies = copies;
  }

  ownerOf(row) {
    return this.owners[this.nodes[row]];
  }

  /** The node of a row's chapter: a heading right under its document, or the document itself. */
  chapterOf(row) {
    let node = this.nodes[row];
    while (this.parents[node] !== node && this.parents[this.parents[node]] !== this.parents[node]) node = this.parents[node];
    return node;
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
