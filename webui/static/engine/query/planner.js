// Twin of indexer/query/planner.py.
// A query's tree after analysis: one tree for each tier, and the terms that rank.
import { holdsWordCharacter } from "../analysis/analyzer.js";
import { MATCHES, MAX_RANKED } from "../model/choices.js";
import { pairs, TierTrees } from "./tier_trees.js";
import { isWild, warning } from "../model/queries.js";
import { rewrite } from "./rewriter.js";
import { piecesOf } from "./pieces.js";
import { minusAsText } from "./rewriter.js";
import { isRare } from "../analysis/fold.js";
import { asOrdinal, rankingSpellings } from "../analysis/number_spellings.js";
import { LIMIT } from "../analysis/spellings.js";
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

export function makePlan(query, parsed, analyzer, match, script) {
  const scriptExact = script === "exact", regional = script === "any";
  const [tree, rewriting] = rewrite(query, parsed, analyzer);
  const [asText, minuses] = minusAsText(tree, query);
  const runs = distinct(searchedTexts(asText).map((text) => analyzer.key(text)).filter(Boolean));
  const spellings = scriptExact ? runs : runs.flatMap((run) => analyzer.expand(run));
  const ranking = scriptExact ? runs : runs.flatMap((run) => rankingSpellings(run, analyzer.folding));
  const pieces = ranking.map((spelling) => analyzer.cut(spelling));
  const words = distinct(pieces.flat().filter(holdsWordCharacter));
  const kept = new Set(informative(words, analyzer));
  const warnings = kept.size <= MAX_RANKED ? rewriting
    : [...rewriting, warning("ranking_bounded", `查询很长：找的是全部的词，排序只看前 ${MAX_RANKED} 个。`)];
  const sought = runs.flatMap((run) => piecesOf(run, analyzer, regional));
  const synonyms = scriptExact ? [] : distinct(runs.flatMap((run) => analyzer.synonymsWithin(run, words)));
  const trees = new TierTrees(analyzer, partialWords(sought, analyzer), scriptExact, regional);
  const builders = {
    exact: () => trees.exactOrWhole(query, tree, asText),
    all: () => [trees.anchored(tree)],
    some: () => [trees.some(tree)],
  };
  const all = new Set([...kept, ...synonyms.flatMap((each) => analyzer.words(each))]);
  const cuts = [...pieces, ...synonyms.sort(compareText).map((each) => analyzer.cut(each))];
  return {
    tiers: (runs.length ? MATCHES[match] : ["exact"]).flatMap((tier) => builders[tier]().map((grade) => [tier, grade])),
    runs,
    terms: { ...termsOf(cuts, all), names: distinct([...spellings, ...(scriptExact ? [] : unitNames(sought, analyzer))]) },
    headingsAsked: namesHeadings(tree),
    warnings: [...warnings, ...minuses, ...(scriptExact ? [] : cutShort(runs, analyzer))],
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

/** What a heading may be called by the numbers in a query. */
function unitNames(pieces, analyzer) {
  const texts = pieces.filter((piece) => piece.isUnit)
    .flatMap(({ text, article }) => [text, article, asOrdinal(article || text)].filter(Boolean));
  return texts.flatMap((text) => analyzer.expand(text));
}

/** A warning for each run that is not looked for in every spelling. */
function cutShort(runs, analyzer) {
  return runs.filter((run) => analyzer.spellings.hasMore(run)).map((run) => warning("spellings_bounded",
    `“${characters(run).slice(0, 20).join("")}”可以有很多种写法，只找了前 ${LIMIT} 种；请把它拆成几串，分别查。`));
}

/** The pieces that each make a partial match: no common single character where there are longer ones. */
function partialWords(pieces, analyzer) {
  const found = informative(pieces.map(({ text }) => text).filter(holdsWordCharacter), analyzer);
  const longer = found.filter((word) => characters(word).length > 1 || isRare(word));
  return new Set(longer.length ? longer : found);
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
