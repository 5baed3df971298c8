// Twin of indexer/query/article_parts.py.
// Which passage of an article is its paragraph (款) or item (项): 第四十七条第二款, 第十四条第二款第三项.
import { characters } from "../analysis/characters.js";
import { fromChinese, NUMERALS } from "../analysis/numerals.js";

const LONGEST_MARK = 8;
const NUMBER = `\\d{1,3}|[${NUMERALS}]{1,4}`;
const ITEM = new RegExp(`^(?:\\((?<brackets>${NUMBER})\\)|(?<chinese>[${NUMERALS}]{1,4})、|(?<digits>\\d{1,3})[.、)](?!\\d))`);
const GOES_ON = ["之", "-"];

/**
 * The passages that steps {paragraphs, items, isTaiwan} lead to, in the order of these, of each article that is called so.
 *
 * `passages` are {id, path, kind, text} in the order of their documents, `names` folded spellings, `key` folds.
 */
export function findParts(passages, names, steps, key) {
  return articlesOf(passages, names, key).map(({ heading, article }) => {
    const paragraphs = article.filter(({ kind }) => kind === "body").map((passage) => ({ passage, mark: markOf(passage.text, key) }));
    const marks = paragraphs.map(({ mark }) => mark).filter(Boolean);
    const [ones, others] = asCounted(heading, marks, steps).map((numbers) => (numbers.length ? numbers : [null]));
    return ones.flatMap((paragraph) => others.map((item) => partOf(paragraphs, paragraph, item))).filter(Boolean);
  });
}

/** The first paragraph of each article that is called so: its heading may be a passage of its own. */
export const findOpenings = (passages, names, key) => articlesOf(passages, names, key)
  .flatMap(({ article }) => article.filter(({ kind }) => kind === "body").slice(0, 1));

/** The heading of each article that is called so, and what stands under it. */
function articlesOf(passages, names, key) {
  const articles = [];
  let last = "";
  for (const passage of passages) {
    const depth = passage.path.findIndex((heading) => isCalled(key(heading), names));
    const place = JSON.stringify([passage.id, passage.path.slice(0, depth + 1)]);
    if (depth >= 0 && place !== last) articles.push({ heading: passage.path[depth], article: [] });
    if (depth >= 0) articles.at(-1).article.push(passage);
    last = depth < 0 ? "" : place;
  }
  return articles;
}

const isCalled = (heading, names) => names.some((name) =>
  heading.startsWith(name) && !GOES_ON.some((mark) => heading.startsWith(mark, name.length)));

/** The paragraphs and the items that are meant, by how the article is written. */
function asCounted(heading, marks, { paragraphs, items, isTaiwan }) {
  const isWrittenSo = heading.includes("條") && marks[0]?.style !== "brackets" && !(paragraphs.length && items.length);
  return isTaiwan || isWrittenSo ? [items, paragraphs] : [paragraphs, items];
}

function partOf(paragraphs, paragraph, item) {
  const starts = [...paragraphs.keys()].filter((at) => !paragraphs[at].mark);
  if (paragraph !== null && !(paragraph >= 1 && paragraph <= starts.length)) return null;
  const first = paragraph === null ? 0 : starts[paragraph - 1], until = paragraph === null ? undefined : starts[paragraph];
  if (item === null) return paragraphs[first].passage;
  const items = paragraphs.slice(first, until).filter(({ mark }) => mark);
  return items.find(({ mark }) => mark.style === items[0].mark.style && mark.number === item)?.passage ?? null;
}

function markOf(text, key) {
  const groups = ITEM.exec(key(characters(text).slice(0, LONGEST_MARK).join("")))?.groups;
  if (!groups) return null;
  const [style, number] = Object.entries(groups).find(([, each]) => each !== undefined);
  const value = /^\d+$/.test(number) ? Number(number) : Number(fromChinese(number) ?? NaN);
  return Number.isNaN(value) ? null : { style, number: value };
}
