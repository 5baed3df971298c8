// Twin of indexer/engines/whoosh/collecting/segment_matches.py.
// Filters: which rows pass.
import { FILTERS } from "../model/choices.js";
import { isInYears, parseYears } from "../model/years.js";

/** For each filter that is set a mask of the rows that pass it. */
export function filterMasks(corpus, filters) {
  return new Map(FILTERS.filter((name) => filters[name].length).map((name) => [name, filterMask(corpus, name, filters[name])]));
}

/** The rows that pass one filter. */
export function filterMask(corpus, name, wanted) {
  const ofRows = (test) => Uint8Array.from(corpus.nodes, (node, row) => (test(node, row) ? 1 : 0));
  if (name === "kind") return ofRows((_, row) => wanted.includes(corpus.kinds[row]));
  if (name === "topic") {
    const sets = corpus.topicSets.map((topics) => topics.some((topic) => wanted.includes(topic)));
    return ofRows((_, row) => sets[corpus.topics[row]]);
  }
  if (name === "section") {
    const nodes = corpus.paths.map((path) => wanted.some((prefix) => prefix.every((heading, at) => path[at] === heading)));
    return ofRows((node) => nodes[node]);
  }
  const documents = corpus.documents.map((each) => passes(each, name, wanted));
  return ofRows((node) => documents[corpus.owners[node]]);
}

function passes(document, name, wanted) {
  if (name === "document") return wanted.includes(document.id) || wanted.includes(document.path);
  if (name === "tag") return document.tags.some((tag) => wanted.includes(tag));
  if (name === "work") return wanted.includes(document.work);
  if (name === "field") return document.fieldValues.some((value) => wanted.includes(value));
  if (name === "path") return document.folders.some((folder) => wanted.includes(folder));
  if (name === "type") return wanted.includes(document.type);
  return wanted.some((value) => isInYears(document.year, parseYears(value)));
}
