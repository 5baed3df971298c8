// Twin of indexer/search/filter_check.py, indexer/engines/whoosh/collecting/segment_matches.py.
// Filters: which rows pass, and values that no passage has.
import { FILTERS, FILTER_NAMES } from "../model/choices.js";
import { warning } from "../model/queries.js";
import { sectionValue } from "../model/headings.js";
import { isInYears, parseYears } from "../model/years.js";

const HINTS = {
  section: "要写出从上到下的完整标题；只按标题里的字找，在查询里写 章节:总则。",
  document: "要写文档的路径或编号；只按题名里的字找，在查询里写 标题:数据安全法。",
};

/** For each filter that is set a mask of the rows that pass it. */
export function filterMasks(corpus, filters) {
  return new Map(FILTERS.filter((name) => filters[name].length).map((name) => [name, maskOf(corpus, name, filters[name])]));
}

function maskOf(corpus, name, wanted) {
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
  return wanted.some((value) => isInYears(document.year, parseYears(value)));
}

/** A warning for each value of a filter that no passage has. */
export function filterWarnings(corpus, filters) {
  const unknown = FILTERS.flatMap((name) => filters[name].map((value) => [name, value]))
    .filter(([name, value]) => !maskOf(corpus, name, [value]).includes(1));
  return unknown.map(([name, value]) => {
    const shown = name === "section" ? sectionValue(value) : value;
    return warning("unknown_filter_value",
      `索引里没有${FILTER_NAMES[name]}“${shown}”，按它筛选找不到任何段落。${HINTS[name] ?? ""}`);
  });
}
