// Twin of indexer/query/latin_words.py.
// Latin words that some writers join and others part: VSCode and VS Code, kubeproxy and kube-proxy, Config Map and ConfigMap.
import { literal } from "../model/queries.js";

const SHORTEST = 2;
export const MOST_JOINED = 3;
const WITH_CAPITALS = /[A-Za-z]*[A-Za-z][a-z][A-Z][A-Za-z]*|[A-Z]+[A-Z][a-z]{2}[A-Za-z]*/g;
const AT_CAPITAL = /(?<=[A-Za-z][a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z]{2})/g;
const WORD = /^[a-z]{5,24}$/, PART = /^[a-z]{2,16}$/, MARKS = [" ", "-"];

/** The folded words of a query that have capitals inside, and how these part them. */
export const partedAtCapitals = (query) => new Map((query.match(WITH_CAPITALS) ?? []).map((word) =>
  [word.toLowerCase(), MARKS.map((mark) => word.replace(AT_CAPITAL, mark).toLowerCase())]));

/** Whether a folded word may be parted where it stands nowhere. */
export const mayBeParted = (word) => WORD.test(word);

/** How a folded word that stands nowhere is parted where that does stand; `count` tells how many passages a tree is true for. */
export async function partedInTexts(word, count) {
  if (await count(literal([word]))) return [];
  const ends = Array.from({ length: word.length - 2 * SHORTEST + 1 }, (_, at) => at + SHORTEST);
  const every = ends.flatMap((at) => MARKS.map((mark) => word.slice(0, at) + mark + word.slice(at)));
  if (!(await count(whole(every)))) return [];
  const counts = await Promise.all(every.map((each) => count(whole([each]))));
  return every.filter((_, at) => counts[at]);
}

/** Words of Latin letters beside each other, as they are typed or joined; null of other words. */
export function joined(parts) {
  if (!parts.every((part) => PART.test(part))) return null;
  return literal([parts.join(" ")], ["text"], "", "", [parts.join(""), parts.join("-")]);
}

/** Whether the corpus holds words of Latin letters joined. */
export const isJoinedInTexts = async (words, count) => (await count(whole(words.whole))) > 0;

const whole = (spellings) => literal([], ["text"], "", "", spellings);
