// Twin of indexer/query/options.py.
// What a caller may ask for, checked before anything is fetched.
import {
  BOUNDS, CHOICES, DEFAULTS, DEFAULT_FACETS, FACETS, FILTERS, KINDS, MAX_QUERY, UNDATED,
} from "../model/choices.js";
import { badParameter, SearchError } from "../errors.js";
import { sectionPath } from "../model/headings.js";
import { characters, distinct } from "../analysis/characters.js";
import { parseYears } from "../model/years.js";

const CHOOSABLE = Object.keys(CHOICES), NUMBERS = Object.keys(BOUNDS);
const STANDARD = {
  q: "",
  ...Object.fromEntries(CHOOSABLE.map((name) => [name, DEFAULTS[name]])),
  ...Object.fromEntries(NUMBERS.map((name) => [name, BOUNDS[name].default])),
  facets: DEFAULT_FACETS,
};

/** Checked options, with `filters` beside them. */
export function readOptions(given) {
  const names = [...Object.keys(STANDARD), ...FILTERS];
  const unknown = Object.keys(given).find((name) => !names.includes(name));
  if (unknown) throw badParameter(`没有参数“${unknown}”。`, `可用：${names.join("、")}。`);
  const options = { ...STANDARD, ...Object.fromEntries(Object.entries(given).filter(([, value]) => value != null)) };
  options.q = checkQuery(options.q);
  for (const name of CHOOSABLE) checkChoice(name, options[name], CHOICES[name]);
  for (const name of NUMBERS) checkRange(name, options[name], BOUNDS[name]);
  for (const name of options.facets) checkChoice("facets", name, FACETS);
  return { ...options, filters: readFilters(given) };
}

/** A query without lone surrogates; one that is too long is refused. */
export function checkQuery(typed) {
  const query = wellFormed(typed), size = characters(query).length;
  if (size <= MAX_QUERY) return query;
  throw new SearchError("query_too_long", `查询有 ${size} 个字，最多 ${MAX_QUERY} 个。`, "请截取其中最有特征的一句。");
}

function readFilters(given) {
  const filters = Object.fromEntries(FILTERS.map((name) => [name, distinct(listOf(given[name]))]));
  filters.section = filters.section.map((path) => (Array.isArray(path) ? path : sectionPath(path)));
  for (const kind of filters.kind) checkChoice("kind", kind, KINDS);
  filters.year = filters.year.map(readYear);
  filters.field = filters.field.map(readNamedValue);
  filters.path = filters.path.map((folder) => folder.normalize("NFC").replace(/\/+$/, ""));
  filters.type = filters.type.map((ending) => ending.toLowerCase().replace(/^\./, ""));
  return filters;
}

const listOf = (value) => (value == null || value === "" ? [] : Array.isArray(value) ? value : [`${value}`]);
const wellFormed = (text) => characters(`${text}`).map((char) => (/^[\ud800-\udfff]$/.test(char) ? "?" : char)).join("");

/** A year as filters write it; it may be typed in full width. */
function readYear(value) {
  const typed = `${value}`.normalize("NFKC");
  const years = parseYears(typed);
  if (!years) {
    throw badParameter(`年份“${value}”看不懂。`,
      "请写成 2020、2020..2021（先小后大）、2020.. 或 none（没有日期的文档，也可写“无”）。");
  }
  return years.undated ? UNDATED[0] : typed;
}

/** `名=值` without the white space around either. */
function readNamedValue(value) {
  const typed = value.replace("＝", "="), at = typed.indexOf("=");
  const name = typed.slice(0, Math.max(at, 0)).trim(), wanted = typed.slice(at + 1).trim();
  if (name && wanted) return `${name}=${wanted}`;
  throw badParameter(`字段条件“${value}”看不懂。`, "请写成 名=值，例如 密级=公开；名是 metadata.csv 的列名。");
}

function checkChoice(name, value, choices) {
  if (!choices.includes(value)) throw badParameter(`${name} 没有“${value}”这个取值。`, `可用：${choices.join("、")}。`);
}

function checkRange(name, value, { least, most }) {
  if (!Number.isInteger(value) || value < least || value > most) {
    throw badParameter(`${name} 要是 ${least} 到 ${most} 之间的整数，得到的是 ${value}。`, `请改小或改对 ${name}。`);
  }
}
