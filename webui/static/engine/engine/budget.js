// Twin of indexer/engines/budget.py.
// What a query may cost: a budget in candidates for wildcards and NEAR. Beyond it a passage counts as what makes fewer hits.
import { MAX_CANDIDATES } from "../model/choices.js";
import { isWild, spellingsOf, warning } from "../model/queries.js";

export const WARNING = warning("query_budget",
  `查询的范围太大：通配符和 NEAR 合起来最多检查 ${MAX_CANDIDATES} 个候选段落，其余的没有检查，` +
  "所以命中数只是“至少”。请把通配符旁的字写长一些，或少用几个。");

/** Whether the budget bounds a leaf. */
export const isBounded = (leaf) => leaf.type === "Within" || (leaf.type === "Glob" && leaf.zones.includes("text"));

/** How many candidates each of so many bounded leaves may have. */
export const share = (count) => Math.floor(MAX_CANDIDATES / Math.max(1, count));

/** What a candidate holds: of each piece one of its spellings. */
export function piecesOf(leaf) {
  if (leaf.type === "Literal") return [spellingsOf(leaf)];
  if (leaf.type === "Within") return [spellingsOf(leaf.left), spellingsOf(leaf.right)];
  return leaf.pieces.filter((piece) => !isWild(piece)).map((piece) => [piece]);
}
