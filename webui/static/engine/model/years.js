// Twin of indexer/model/years.py.
// Years as filters and the field 年份: write them.
import { UNDATED, YEAR_PATTERN } from "./choices.js";

const WRITTEN = /^([0-9]{4})年?(?:(?:[-~—–至到]|\.\.)([0-9]{4})年?)?$/;
const YEARS = new RegExp(`^(?:${YEAR_PATTERN})$`);

/** What a text says of years, open ends being null; null where it says nothing of them. */
export function parseYears(text) {
  if (UNDATED.includes(text)) return { first: null, last: null, undated: true };
  if (!YEARS.test(text)) return null;
  const [first, last] = text.includes("..") ? text.split("..") : [text, text];
  if (first && last && first > last) return null;
  return { first: first ? Number(first) : null, last: last ? Number(last) : null, undated: false };
}

/** As `parseYears`, and as people write years: 2020年, 2020-2021, 2020至2021年. */
export function readYears(text) {
  const written = WRITTEN.exec(text);
  return parseYears(written ? written.slice(1).filter(Boolean).join("..") : text);
}

/** Whether a document of `year`, four digits or null, is among the years wanted. */
export function isInYears(year, { first, last, undated }) {
  if (year === null || undated) return year === null && undated;
  return (first === null || first <= Number(year)) && (last === null || Number(year) <= last);
}
