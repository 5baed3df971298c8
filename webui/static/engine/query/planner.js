// Twin of indexer/query/planner.py.
// A query's tree after analysis: one tree for each tier, and the terms that rank.
import { holdsWordCharacter } from "../analysis/analyzer.js";
import { MATCHES, MAX_RANKED } from "../model/choices.js";
import { pairs, TierTrees } from "./tier_trees.js";
import { isWild, warning } from "../model/queries.js";
import { rewrite } from "./rewriter.js";
import { hasGroupedDigits } from "../analysis/spellings.js";
import { characters, compareText, distinct, isWordCharacter } from "../analysis/characters.js";

/** The texts of a parsed query that will be folded or cut, those under negations and in fields too. */
export function textsOf(node) {
  if (node.children) return node.children.flatMap(textsOf);
  switch (node.type) {
    case "Not": return textsOf(node.child);
    case "Run": return [node.text];
    case "Wildcard": return [node.text, ...node.pieces.filter((piece) => !isWild(piece))];
    case "Near": return [node.left.text, node.right.text];
    case "Field": return textsOf(node.value);
  }
  return [];
}

export function makePlan(query, parsed, analyzer, match, scriptExact) {
  const [tree, rewriting] = rewrite(query, parsed, analyzer);
  const runs = distinct(searchedTexts(tree).map((text) => analyzer.key(text)).filter(Boolean));
  const spellings = scriptExact ? runs : runs.flatMap((run) => analyzer.expand(run));
  const ranking = spellings.filter((spelling) => runs.includes(spelling) || !hasGroupedDigits(spelling));
  const pieces = ranking.map((spelling) => analyzer.cut(spelling));
  const words = distinct(pieces.flat().filter(holdsWordCharacter));
  const kept = new Set(informative(words, analyzer));
  const warnings = kept.size <= MAX_RANKED ? rewriting
    : [...rewriting, warning("ranking_bounded", `查询很长：找的是全部的词，排序只看前 ${MAX_RANKED} 个。`)];
  const synonyms = scriptExact ? [] : distinct(runs.flatMap((run) => analyzer.synonymsWithin(run, words)));
  const trees = new TierTrees(analyzer, kept, scriptExact);
  const builders = {
    exact: () => trees.exactOrWhole(query, tree),
    all: () => trees.anchored(tree),
    some: () => trees.some(tree),
  };
  const all = new Set([...kept, ...synonyms.flatMap((each) => analyzer.words(each))]);
  const cuts = [...pieces, ...synonyms.sort(compareText).map((each) => analyzer.cut(each))];
  return {
    tiers: (runs.length ? MATCHES[match] : ["exact"]).map((tier) => [tier, builders[tier]()]),
    runs,
    terms: { ...termsOf(cuts, all), names: distinct(spellings) },
    headingsAsked: namesHeadings(tree),
    warnings,
  };
}

/** The terms of segmented spellings: their first words that are kept. The others part characters that would else be pairs. */
function termsOf(cuts, kept) {
  const words = distinct(cuts.flat().filter((piece) => kept.has(piece))).slice(0, MAX_RANKED);
  const ranked = new Set(words);
  const phrases = cuts.flatMap((cut) => phrasesOf(cut, ranked));
  return {
    words,
    characters: distinct(phrases.flatMap(characters).filter(isWordCharacter)),
    pairs: distinct(phrases.flatMap(pairs)),
  };
}

function phrasesOf(cut, kept) {
  const phrases = [];
  let inside = false;
  for (const piece of cut) {
    const isKept = kept.has(piece);
    if (isKept && inside) phrases[phrases.length - 1] += piece;
    else if (isKept) phrases.push(piece);
    inside = isKept;
  }
  return phrases;
}

function namesHeadings(tree) {
  if (tree.children) return tree.children.some(namesHeadings);
  return tree.type === "Field" && tree.name === "section";
}

function informative(words, analyzer) {
  const kept = words.filter((word) => !analyzer.uninformative.has(word));
  return kept.length ? kept : words;
}

/** The texts that are searched for, those under negations and fields left out. */
function searchedTexts(node) {
  if (node.children) return node.children.flatMap(searchedTexts);
  return node.type === "Not" || node.type === "Field" ? [] : textsOf(node).slice(node.type === "Wildcard" ? 1 : 0);
}
