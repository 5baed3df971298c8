// Twin of indexer/query/compounds.py.
// What stands for a compound that stands nowhere: the words inside it, else its characters close to each other.
import { characters, distinct } from "../analysis/characters.js";
import { HAN } from "../analysis/fold.js";
import { NUMERALS } from "../analysis/numerals.js";
import { and, literal, within } from "../model/queries.js";

const COMPOUND = new RegExp(`^(?![第${NUMERALS}])[${HAN}]{2,}$`, "u");
const GAP = 6, MOST = 2_000;
const SHORTEST_ENDED = 3, MOST_ENDED = 200;
const SAME_SORT = new Map([
  ["人", ["人员", "人士"]],
  ["物", ["物品", "物资"]],
  ["费", ["费用"]],
  ["权", ["权利", "权益", "权限"]],
  ["罪", ["罪名", "罪行"]],
  ["税", ["税款", "税收"]],
  ["款", ["款项"]],
  ["期", ["期限", "期间"]],
  ["证", ["证书", "证件"]],
  ["价", ["价格", "价款"]],
  ["案", ["案件"]],
  ["法", ["法律", "法规"]],
]);
export const NOTHING = { words: [], close: [], suffix: "" };

/** {words, close, suffix} for a folded word; `count` tells how many passages a tree is true for. */
export async function partsOf(word, analyzer, count, alone = false) {
  if (!COMPOUND.test(word)) return NOTHING;
  if ((await count(literal([word]))) && !(alone && (await runsOn(word, analyzer, count)))) return NOTHING;
  const chars = characters(word), covered = await innerWords(chars, analyzer, count);
  if (!covered.length) return { words: [], close: await closeOf(chars, analyzer, count), suffix: "" };
  const reached = new Set(covered.flatMap(([start, end]) => chars.map((_, at) => at).slice(start, end)));
  const isSuffixed = reached.size === chars.length - 1 && !reached.has(chars.length - 1);
  return {
    words: distinct(covered.map(([start, end]) => chars.slice(start, end).join(""))),
    close: [],
    suffix: isSuffixed ? chars.at(-1) : "",
  };
}

/** Whether the last character of a compound, wherever that stands, begins another word, which says something else. */
export async function runsOn(word, analyzer, count) {
  const chars = characters(word), head = chars.slice(0, -1).join("");
  const same = SAME_SORT.get(chars.at(-1));
  if (chars.length < SHORTEST_ENDED || !same || !COMPOUND.test(word) || !analyzer.segmenter.knows(head)) return false;
  const found = await count(literal([word]));
  if (!found || found > MOST_ENDED || (await count(endingWord(word)))) return false;
  if (await count(literal(same.map((each) => head + each)))) return false;
  return (await count(and([literal([word]), endingWord(head)]))) === found;
}

const endingWord = (text) =>
  ({ type: "Glob", pieces: [text], startsWord: false, endsWord: true, zones: ["text"], originals: [] });

async function innerWords(chars, analyzer, count) {
  const covered = [], coveredTo = chars.map(() => 0);
  for (let length = Math.min(chars.length - 1, analyzer.segmenter.longest); length > 1; length--) {
    for (let start = 0, end = length; end <= chars.length; start++, end++) {
      const inner = chars.slice(start, end).join("");
      if (coveredTo[start] >= end || analyzer.uninformative.has(inner) || !analyzer.segmenter.knows(inner)) continue;
      if (!(await count(literal([inner])))) continue;
      covered.push([start, end]);
      for (let at = start; at < end; at++) coveredTo[at] = Math.max(coveredTo[at], end);
    }
  }
  return covered;
}

async function closeOf(chars, analyzer, count) {
  const found = [];
  for (let at = 0; at + 1 < chars.length; at++) {
    const [one, other] = chars.slice(at, at + 2);
    if (one === other || analyzer.uninformative.has(one) || analyzer.uninformative.has(other)) continue;
    const both = await count(and([literal([one]), literal([other])]));
    if (both && both <= MOST) found.push(within(literal([one]), literal([other]), GAP));
  }
  return found;
}
