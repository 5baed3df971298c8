// Twin of indexer/engines/whoosh/snapshot/levels.py.
// Sections, chapters, documents and headings as wholes that terms are counted in.

/** Passages, and what they are put together to: a number for each node, which units are live, and their lengths. */
export class Units {
  constructor(corpus) {
    this.corpus = corpus;
    this.ofNodes = {
      sections: Int32Array.from(corpus.parents, (_, node) => node),
      chapters: corpus.parents,
      documents: corpus.owners,
    };
    this.cache = new Map();
  }

  size(unit) {
    return { passages: this.corpus.size, documents: this.corpus.documents.length }[unit] ?? this.corpus.parents.length;
  }

  /** The unit of each row. */
  ofRows(unit) {
    return this.cached(`rows ${unit}`, () => {
      if (unit === "passages") return this.corpus.nodes.map((_, row) => row);
      return this.corpus.nodes.map((node) => this.ofNodes[unit][node]);
    });
  }

  /** {lengths of each unit, number of live units, average}; a field is `words` or `characters`. */
  lengths(unit, field) {
    return this.cached(`lengths ${unit} ${field}`, () => {
      if (unit === "headings") return this.headingLengths();
      const counts = field === "words" ? this.corpus.wordCounts : this.corpus.characterCounts;
      const lengths = new Float64Array(this.size(unit)), live = new Uint8Array(this.size(unit));
      this.ofRows(unit).forEach((each, row) => {
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

  /** How often each unit holds a term, from the rows that do; 0 where it does not. */
  together(unit, { rows, counts }) {
    const totals = new Float64Array(this.size(unit)), units = this.ofRows(unit);
    for (let at = 0; at < rows.length; at++) totals[units[rows[at]]] += counts ? counts[at] : 1;
    return totals;
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
  const units = live.reduce((sum, each) => sum + each, 0);
  const total = lengths.reduce((sum, each) => sum + each, 0);
  return { lengths, units, average: total / units };
}
