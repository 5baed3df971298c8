// Twin of indexer/query/grades.py.
// The grades of the tier `exact`: as typed, in other spellings, as a part of what is longer.
import { DIGITS } from "../analysis/numerals.js";
import { and, keyOf, or, spellingsOf } from "../model/queries.js";
import { characters } from "../analysis/characters.js";

const LATIN = new Set("abcdefghijklmnopqrstuvwxyz0123456789"), NUMERALS = new Set(characters(`零两十${DIGITS}`));

/** The trees of the tier, best first; `better` is what of it comes before the rest. */
export function grades(exact, better = null) {
  const trees = better ? [better, exact] : [exact];
  const graded = trees.flatMap((tree) => [typed, spelled].map((change) => mapped(tree, change)));
  return [...new Map([...graded, exact].map((tree) => [keyOf(tree), tree])).values()];
}

/** A tree with every literal changed that is not under a negation. */
function mapped(node, change) {
  switch (node.type) {
    case "And": return and(node.children.map((child) => mapped(child, change)));
    case "Or": return or(node.children.map((child) => mapped(child, change)));
    case "Literal": return change(node);
    case "Within": return { ...node, left: change(node.left), right: change(node.right) };
  }
  return node;
}

function typed(literal) {
  const [text] = literal.alternatives;
  return mayGoOn(text) ? { ...literal, alternatives: [], whole: [text] } : { ...literal, whole: [] };
}

function spelled(literal) {
  return mayGoOn(literal.alternatives[0]) ? { ...literal, alternatives: [], whole: spellingsOf(literal) } : literal;
}

function mayGoOn(text) {
  const chars = characters(text), ends = [chars[0], chars.at(-1)];
  return ends.some((end) => LATIN.has(end)) || (chars.length > 1 && ends.some((end) => NUMERALS.has(end)));
}
