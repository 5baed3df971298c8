// Twin of indexer/query/planner.py.
// A query's tree after analysis: one tree for each tier, and the terms that rank.
import { holdsWordCharacter } from "../analysis/analyzer.js";
import { MATCHES } from "../model/choices.js";
import { isQuoted, pairs, runsOf, TierTrees } from "./tier_trees.js";
import { isWild, ofDocuments, or } from "../model/queries.js";
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

/** `queryWords` must have read what it needs for the runs in all spellings. */
export function makePlan(query, parsed, analyzer, match, scriptExact, queryWords) {
  const [tree, warnings] = rewrite(query, parsed, analyzer);
  const runs = distinct(searchedTexts(tree).map((text) => analyzer.key(text)).filter(Boolean));
  const titled = queryWords.titled(query, tree);
  const named = titled.length ? titled : namedIn(tree, analyzer, queryWords);
  const spellings = scriptExact ? runs : runs.flatMap((run) => analyzer.expand(run));
  const ranking = spellings.filter((spelling) => runs.includes(spelling) || !hasGroupedDigits(spelling));
  const words = distinctWords(ranking.map((spelling) => queryWords.cut(spelling)));
  const beside = titled.length ? [] : withoutNames(ranking, analyzer, queryWords);
  const ranked = beside.length ? beside : ranking.map((spelling) => analyzer.cut(spelling));
  const kept = new Set([...informative(words, analyzer), ...informative(distinctWords(ranked), analyzer)]);
  const synonyms = scriptExact ? [] : distinct(runs.flatMap((run) => analyzer.synonymsWithin(run, words)));
  const trees = new TierTrees(analyzer, queryWords, kept, scriptExact, titled.length > 0);
  const opening = titled.length ? [ofDocuments(titled, true)] : [];
  const builders = {
    exact: () => (opening.length ? or([trees.exactOrWhole(query, tree), ...opening]) : trees.exactOrWhole(query, tree)),
    all: () => trees.anchored(tree),
    some: () => trees.some(tree),
  };
  const inner = scriptExact ? [] : [...kept].sort(compareText).flatMap((word) => queryWords.parts(word).words);
  const others = [...synonyms.sort(compareText).map((each) => analyzer.cut(each)), ...inner.map((part) => [part])];
  const wanted = match === "auto" && isQuoted(tree) ? "all" : match;
  return {
    tiers: (runs.length ? MATCHES[wanted] : ["exact"]).map((tier) => [tier, builders[tier]()]),
    runs,
    terms: {
      ...termsOf([...ranked, ...others], new Set([...kept, ...others.flat()])),
      names: distinct([...spellings, ...rests(ranking, queryWords)]),
    },
    precedence: [...opening, ...(named.length ? [ofDocuments(named)] : []), ...trees.whole(tree)],
    named,
    headingsAsked: namesHeadings(tree),
    warnings,
  };
}

const distinctWords = (pieces) => distinct(pieces.flat().filter(holdsWordCharacter));

/** The documents that runs name, those of quotations aside. */
function namedIn(tree, analyzer, words) {
  const texts = runsOf(tree).filter((run) => !run.quoted).map((run) => analyzer.key(run.text));
  return distinct(texts.flatMap((text) => words.namesIn(text).flatMap((name) => name.documents)));
}

/** What is left of spellings beside the names in them. */
function rests(spellings, words) {
  return spellings.filter((spelling) => words.namesIn(spelling).length).flatMap((spelling) => words.outsideNames(spelling));
}

/** The pieces of spellings beside the names in them; none if nothing informative is left. */
function withoutNames(spellings, analyzer, words) {
  const pieces = spellings.flatMap((spelling) => words.outsideNames(spelling)).map((rest) => words.cut(rest));
  return distinctWords(pieces).some((word) => !analyzer.uninformative.has(word)) ? pieces : [];
}

/** The terms of segmented spellings; what is not kept parts characters that would else be pairs. */
function termsOf(cuts, kept) {
  const phrases = cuts.flatMap((cut) => phrasesOf(cut, kept));
  return {
    words: distinct(cuts.flat().filter((piece) => kept.has(piece))),
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
