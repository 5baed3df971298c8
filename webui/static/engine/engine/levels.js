// Twin of indexer/engines/whoosh/snapshot/levels.py.
// The levels that terms are counted at: passages, sections, chapters, documents, headings.

/** The levels of the tree at which terms are counted: which member of a level a row belongs to, and their lengths. */
export class Levels {
  constructor(corpus) {
    this.corpus = corpus;
    this.ofNodes = {
      sections: Int32Array.from(corpus.parents, (_, node) => node),
      chapters: corpus.parents,
      documents: corpus.owners,
    };
    this.cache = new Map();
  }

  size(level) {
    return { passages: this.corpus.size, documents: this.corpus.documents.length }[level] ?? this.corpus.parents.length;
  }

  /** The member of a level that each row belongs to. */
  ofRows(level) {
    return this.cached(`rows ${level}`, () => {
      if (level === "passages") return this.corpus.nodes.map((_, row) => row);
      return this.corpus.nodes.map((node) => this.ofNodes[level][node]);
    });
  }

  /** {lengths of each member, number of live members, average}; a field is `words` or `characters`. */
  lengths(level, field) {
    return this.cached(`lengths ${level} ${field}`, () => {
      if (level === "headings") return this.headingLengths();
      const counts = field === "words" ? this.corpus.wordCounts : this.corpus.characterCounts;
      const lengths = new Float64Array(this.size(level)), live = new Uint8Array(this.size(level));
      this.ofRows(level).forEach((each, row) => {
        lengths[each] += counts[row];
        live[each] = 1;
      });
      return summary(lengths, live);
    });
  }

  headingLengths() {
    const { corpus } = this;
    const all = [];
    corpus.parents.forEach((parent, node) => {
      all[node] = parent === node ? corpus.foldedTitles[corpus.owners[node]].chars.length
        : all[parent] + corpus.foldedNames[corpus.headings[node]].chars.length;
    });
    return summary(Float64Array.from(all, (length, node) => (corpus.live[node] ? length : 0)), corpus.live);
  }

  /** Whether each node is in a document of several sections. */
  get hasContext() {
    return this.cached("context", () => {
      const sections = new Int32Array(this.corpus.documents.length);
      this.corpus.live.forEach((live, node) => (sections[this.corpus.owners[node]] += live));
      return Uint8Array.from(this.corpus.owners, (owner) => (sections[owner] > 1 ? 1 : 0));
    });
  }

  /** How often each member of a level holds a term, from the rows that do; 0 where it does not. */
  totals(level, { rows, counts }) {
    const sums = new Float64Array(this.size(level)), numbers = this.ofRows(level);
    for (let at = 0; at < rows.length; at++) sums[numbers[rows[at]]] += counts ? counts[at] : 1;
    return sums;
  }

  /** 1 for each live node with a pair in its document's title or a heading above. */
  inHeadings(pair) {
    const { corpus } = this;
    const names = corpus.foldedNames.map((name) => name.text.includes(pair));
    const titles = corpus.foldedTitles.map((title) => title.text.includes(pair));
    const headed = [];
    corpus.parents.forEach((parent, node) => {
      headed[node] = parent === node ? titles[corpus.owners[node]] : headed[parent] || names[corpus.headings[node]];
    });
    return Float64Array.from(headed, (each, node) => (each && corpus.live[node] ? 1 : 0));
  }

  cached(key, make) {
    if (!this.cache.has(key)) this.cache.set(key, make());
    return this.cache.get(key);
  }
}

function summary(lengths, live) {
  const members = live.reduce((sum, each) => sum + each, 0);
  const total = lengths.reduce((sum, each) => sum + each, 0);
  return { lengths, members, average: total / members };
}
