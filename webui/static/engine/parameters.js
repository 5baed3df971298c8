// What a caller may ask for, checked before anything is fetched (indexer/parameters.py, webui/parameters.py).
import { badParameter, SearchError } from "./errors.js";
import { FILTERS } from "./filtering.js";
import { sectionPath } from "./outline.js";
import { MATCHES } from "./plan.js";
import { characters, distinct } from "./text.js";

export const MAX_OFFSET = 1_000_000;
const MAX_QUERY = 1_000, MAX_LIMIT = 100;
const DEFAULTS = {
  q: "", match: "auto", scope: "passage", sort: "relevance", script: "any", offset: 0, limit: 10, facet_depth: 2,
  facet_limit: 50, facets: ["section", "topic", "document", "tag", "year"],
};
const CHOICES = {
  match: Object.keys(MATCHES), scope: ["passage", "section"], sort: ["relevance", "order", "date", "-date"],
  script: ["any", "exact"],
};
const RANGES = { offset: [0, MAX_OFFSET], limit: [0, MAX_LIMIT], facet_depth: [1, 10_000], facet_limit: [1, 10_000] };
const FACETS = ["section", "topic", "document", "tag", "year", "kind"];
const KINDS = ["title", "heading", "body", "caption", "source", "table"];
const YEAR = /^(?:(?<one>\d{4})|(?<first>\d{4})?\.\.(?<last>\d{4})?|none)$/;

/** Checked options, with `filters` beside them. */
export function readOptions(given) {
  const names = [...Object.keys(DEFAULTS), ...FILTERS];
  const unknown = Object.keys(given).find((name) => !names.includes(name));
  if (unknown) throw badParameter(`没有参数“${unknown}”。`, `可用：${names.join("、")}。`);
  const options = { ...DEFAULTS, ...Object.fromEntries(Object.entries(given).filter(([, value]) => value != null)) };
  options.q = wellFormed(options.q);
  for (const [name, choices] of Object.entries(CHOICES)) checkChoice(name, options[name], choices);
  for (const [name, range] of Object.entries(RANGES)) checkRange(name, options[name], ...range);
  for (const name of options.facets) checkChoice("facets", name, FACETS);
  const size = characters(options.q).length;
  if (size > MAX_QUERY) {
    throw new SearchError("query_too_long", `查询有 ${size} 个字，最多 ${MAX_QUERY} 个。`, "请截取其中最有特征的一句。");
  }
  return { ...options, filters: readFilters(given) };
}

function readFilters(given) {
  const filters = Object.fromEntries(FILTERS.map((name) => [name, distinct(listOf(given[name]))]));
  filters.section = filters.section.map((path) => (Array.isArray(path) ? path : sectionPath(path)));
  for (const kind of filters.kind) checkChoice("kind", kind, KINDS);
  filters.year = filters.year.map(readYear);
  return filters;
}

const listOf = (value) => (value == null || value === "" ? [] : Array.isArray(value) ? value : [`${value}`]);
const wellFormed = (text) => characters(`${text}`).map((char) => (/^[\ud800-\udfff]$/.test(char) ? "?" : char)).join("");

function readYear(value) {
  const text = value === "无" ? "none" : `${value}`;
  const match = YEAR.exec(text);
  const { first, last } = match?.groups ?? {};
  if (!match || text === ".." || (first && last && Number(first) > Number(last))) {
    throw badParameter(`年份“${value}”看不懂。`,
      "请写成 2020、2020..2021（先小后大）、2020.. 或 none（没有日期的文档，也可写“无”）。");
  }
  return text;
}

function checkChoice(name, value, choices) {
  if (!choices.includes(value)) throw badParameter(`${name} 没有“${value}”这个取值。`, `可用：${choices.join("、")}。`);
}

function checkRange(name, value, least, most) {
  if (!Number.isInteger(value) || value < least || value > most) {
    throw badParameter(`${name} 要是 ${least} 到 ${most} 之间的整数，得到的是 ${value}。`, `请改小或改对 ${name}。`);
  }
}
