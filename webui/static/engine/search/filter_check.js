// Twin of indexer/search/filter_check.py.
// Values of filters that no passage has.
import { FILTERS, FILTER_NAMES } from "../model/choices.js";
import { warning } from "../model/queries.js";
import { sectionValue } from "../model/headings.js";
import { filterMask } from "../engine/filters.js";

// Values of one filter that are looked at, the first ones.
const CHECKED = 20;
const HINTS = {
  section: "要写出从上到下的完整标题；只按标题里的字找，在查询里写 章节:总则。",
  document: "要写编号，或从建索引的文件夹写起的路径；只按题名里的字找，在查询里写 标题:数据安全法。",
  path: "要从建索引的文件夹写起，例如 法规/地方。",
};

/** A warning for each value of a filter that no passage has. */
export function filterWarnings(corpus, filters) {
  const unknown = FILTERS.flatMap((name) => filters[name].slice(0, CHECKED).map((value) => [name, value]))
    .filter(([name, value]) => !filterMask(corpus, name, [value]).includes(1));
  return unknown.map(([name, value]) => {
    const shown = name === "section" ? sectionValue(value) : value;
    return warning("unknown_filter_value",
      `索引里没有${FILTER_NAMES[name]}“${shown}”，按它筛选找不到任何段落。${HINTS[name] ?? ""}`);
  });
}
