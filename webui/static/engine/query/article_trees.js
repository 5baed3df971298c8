// Twin of indexer/query/article_trees.py.
// Trees of what a query looks up by number: articles of documents that it names, of those whose subject it says
// (租赁合同第四条), of any (第八条).
import { distinct } from "../analysis/characters.js";
import { and, literal, not, ofDocuments, onePassage, or } from "../model/queries.js";
import { findOpenings, findParts } from "./article_parts.js";
import { marksOfItems } from "./lookups.js";

// Parts of an article that lead it one after the other, at most; more of them lead it together.
const IN_ORDER = 2;
// Passages of articles of any document at most among which those that open them are looked for.
const FEW = 200;
const ABOVE = ["title", "section", "document", "work"];

/** What is looked up in some documents, {leading, others}. */
export function articlesOf(documents, numbers, steps, queryWords) {
  const names = spelledNumbers(numbers, queryWords.analyzer), article = and([ofDocuments(documents), under(names)]);
  if (!namesArticles(numbers)) return { leading: [], others: [article] };
  return { leading: [...leadingIn(article, names, steps, queryWords), article], others: [] };
}

/** What some steps lead to in articles that are not all that is asked for. */
export function mentionedIn(documents, numbers, steps, queryWords) {
  const names = spelledNumbers(numbers, queryWords.analyzer), article = and([ofDocuments(documents), under(names)]);
  return partsOf(article, findParts(queryWords.passages(article), names, steps, keyOf(queryWords)), []);
}

/** What is looked up in documents of no name, {leading, others}. */
export function articlesBelow({ numbers, divisions, subjects }, steps, queryWords) {
  const names = spelledNumbers(numbers, queryWords.analyzer);
  const article = and([
    under(names), ...divisions.map((division) => under(spelledNumbers([division], queryWords.analyzer))),
    ...subjects.map((subject) => literal([subject], ABOVE)),
  ]);
  const number = and([article, literal([], ["text"], "", "", names)]);
  if (!namesArticles(numbers)) return { leading: [], others: [number] };
  const found = queryWords.counted(article);
  if (found > 0 && found <= FEW) return { leading: leadingIn(article, names, steps, queryWords), others: [article] };
  return { leading: [...partsOf(article, [], steps ? marksOfItems(steps) : []), number], others: [] };
}

const keyOf = (queryWords) => (text) => queryWords.analyzer.key(text);
const namesArticles = (numbers) => numbers.some((number) => number.includes("条"));

/** What headings of some numbers may begin with. */
const spelledNumbers = (numbers, analyzer) => distinct(numbers.flatMap((number) => analyzer.expand(number)));

const under = (names) => literal([], ["section"], "", "", names);

/** What some steps lead to in articles, and what opens them. */
function leadingIn(article, names, steps, queryWords) {
  const passages = queryWords.passages(article), key = keyOf(queryWords), openings = findOpenings(passages, names, key).map(one);
  const parts = steps ? partsOf(article, findParts(passages, names, steps, key), marksOfItems(steps)) : [];
  return [...parts, ...(openings.length ? [or(openings)] : [])];
}

/** Parts of articles, those that are alike in versions of a law together; without any what begins as items do. */
function partsOf(article, parts, marks) {
  const most = Math.max(0, ...parts.map((each) => each.length)), spoken = marks.map((mark) => `第${mark}`);
  const places = Array.from({ length: most }, (_, at) => parts.flatMap((each) => each.slice(at, at + 1)).map(one));
  const rest = places.slice(IN_ORDER).flat();
  if (most) return [...places.slice(0, IN_ORDER), ...(rest.length ? [rest] : [])].map(or);
  return marks.length ? [and([article, literal([], ["text"], "", "", marks), not(literal(spoken))])] : [];
}

const one = ({ id, ordinal }) => onePassage(id, ordinal);
