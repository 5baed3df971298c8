// Twin of indexer/engines/definition/facets.py, indexer/search/facet_values.py.
// Facets: counted, put in order, and as a caller sees them.
import { sectionValue } from "../model/headings.js";
import { compareLists, compareText, distinct } from "../analysis/characters.js";

/** The values of a facet over rows, and whether there are more of them. */
export function countFacet(name, rows, isSome, corpus, options) {
  const counts = new Map();
  const add = (key, value, some) => {
    let entry = counts.get(key);
    if (!entry) counts.set(key, (entry = { value, count: 0, some: 0 }));
    entry[some ? "some" : "count"]++;
  };
  for (const row of rows) for (const [key, value] of valuesOf(name, row, corpus, options.facet_depth)) add(key, value, isSome(row));
  return name === "section" ? sections(counts, options.facet_limit) : flat(name, counts, corpus, options.facet_limit);
}

/** The values a row counts for: what tells them apart, and the value. */
function valuesOf(name, row, corpus, depth) {
  const node = corpus.nodes[row], owner = corpus.owners[node];
  switch (name) {
    case "section":
      return corpus.paths[node].slice(0, depth).map((_, at) => {
        const path = corpus.paths[node].slice(0, at + 1);
        return [path.join("\0"), path];
      });
    case "topic": return distinct(corpus.topicSets[corpus.topics[row]]).map((topic) => [topic, topic]);
    case "document": return [[owner, owner]];
    case "tag": return distinct(corpus.documents[owner].tags).map((tag) => [tag, tag]);
    case "work": return corpus.documents[owner].work === null ? [] : [[corpus.documents[owner].work, corpus.documents[owner].work]];
    case "field": return distinct(corpus.documents[owner].fieldValues).map((value) => [value, value]);
    case "path": return corpus.documents[owner].folders.map((folder) => [folder, folder]);
    case "type": return corpus.documents[owner].type ? [[corpus.documents[owner].type, corpus.documents[owner].type]] : [];
    case "kind": return [[corpus.kinds[row], corpus.kinds[row]]];
  }
  const year = corpus.documents[owner].year ?? "none";
  return [[year, year]];
}

/** Largest first: by count, then `some`, then the value itself. */
function largest(entries, compare) {
  return entries.sort((one, other) => other.count - one.count || other.some - one.some || compare(one.value, other.value));
}

function flat(name, counts, corpus, limit) {
  const compare = name === "document" ? (one, other) => one - other : compareText;
  const values = largest([...counts.values()], compare);
  const shown = values.slice(0, limit).map(({ value, count, some }) => {
    const document = name === "document" ? corpus.documents[value] : null;
    return { value: document?.path ?? value, label: document?.title ?? value, count, some };
  });
  return [shown, values.length > limit];
}

function sections(counts, limit) {
  const below = new Map();
  for (const entry of counts.values()) {
    const above = entry.value.slice(0, -1).join("\0");
    const key = `${entry.value.length} ${above}`;
    below.set(key, [...(below.get(key) ?? []), entry]);
  }
  const level = (path) => {
    const values = largest([...(below.get(`${path.length + 1} ${path.join("\0")}`) ?? [])], compareLists);
    const shown = values.slice(0, limit).map(({ value, count, some }) => {
      const [children, truncated] = level(value);
      return { value: sectionValue(value), label: value.at(-1), count, some, path: value, children, truncated };
    });
    return [shown, values.length > limit];
  };
  return level([]);
}
