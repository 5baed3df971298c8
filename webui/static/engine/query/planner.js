// Twin of indexer/query/planner.py.
// A query's tree after analysis: one tree for each tier, and the terms that rank.
import { holdsWordCharacter } from "../analysis/analyzer.js";
import { MATCHES, MAX_RANKED } from "../model/choices.js";
import { isQuoted, pairs, runsOf, TierTrees } from "./tier_trees.js";
import { and, isWild, not, ofDocuments, or, warning } from "../model/queries.js";
import { articlesBelow, articlesOf, mentionedIn } from "./article_trees.js";
import { minusAsText, rewrite } from "./rewriter.js";
import { askedAmounts } from "./amounts.js";
import { isRare } from "../analysis/fold.js";
import { asOrdinal, rankingSpellings } from "../analysis/number_spellings.js";
import { LIMIT } from "../analysis/spellings.js";
import { characters, compareText, distinct, isWordCharacter } from "../analysis/characters.js";

const NOTHING_LOOKED_UP = { lookedUp: [], leads: [], mentioned: [] };

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

/** Until `queryWords` has read what it was asked for, the plan lacks what stands for words of no passage. */
export function makePlan(query, parsed, analyzer, { match, script, synonyms }, queryWords) {
  const scriptExact = script === "exact", usesSynonyms = synonyms === "on" && !scriptExact;
  const [tree, warnings] = rewrite(query, parsed, analyzer);
  const [asText, minuses] = minusAsText(tree, query);
  const runs = distinct(searchedTexts(asText).map((text) => analyzer.key(text)).filter(Boolean));
  queryWords.alone = new Set(runs.flatMap((run) => aloneIn(queryWords.pieces(run), analyzer)));
  const titled = queryWords.titled(query, tree);
  const named = titled.length ? titled : namedIn(tree, analyzer, queryWords);
  const alone = titled.length || scriptExact ? titled : queryWords.called(tree);
  const opening = alone.length ? [ofDocuments(alone, true)] : [];
  const { lookedUp, leads, mentioned } = scriptExact ? NOTHING_LOOKED_UP : lookUp(tree, named, queryWords);
  const sought = runs.flatMap((run) => queryWords.pieces(run));
  const plain = titled.length ? runs.flatMap((run) => queryWords.plainPieces(run)) : [];
  const trees = new TierTrees(analyzer, queryWords, partialWords([...sought, ...plain], analyzer),
    { scriptExact, usesSynonyms, titled, named });
  const builders = {
    exact: () => trees.exactOrWhole(query, tree, asText).map((grade) => (opening.length ? or([grade, ...opening]) : grade)),
    all: () => [lookedUp.length ? or([trees.anchored(tree), ...lookedUp]) : trees.anchored(tree)],
    some: () => trees.someGrades(tree),
  };
  const ranking = new Ranking(runs, queryWords, analyzer, { scriptExact, usesSynonyms, isTitle: titled.length > 0 });
  const tiers = led(wantedTiers(match, runs, tree).flatMap((tier) => builders[tier]().map((grade) => [tier, grade])), leads);
  const sorted = trees.sortedByHeadings(tree);
  return {
    tiers: !scriptExact && queryWords.runsOn(tree) ? behind(tiers) : tiers,
    runs,
    synonyms: ranking.synonyms,
    terms: ranking.terms(sought),
    precedence: [...opening, ...lookedUp, ...mentioned, ...(named.length ? [ofDocuments(named)] : []), ...(sorted.length ? [or(sorted)] : [])],
    named,
    headingsAsked: namesHeadings(tree),
    warnings: [...warnings, ...ranking.warnings(), ...minuses, ...(scriptExact ? [] : cutShort(runs, analyzer))],
  };
}

/** What a query looks up by numbers, what of it comes before whatever else holds the query, what it asks for beside it. */
function lookUp(tree, named, queryWords) {
  const steps = queryWords.stepsIntoArticle(tree), numbers = named.length ? queryWords.lookedUp(tree) : [];
  const numbered = named.length ? null : queryWords.numbered(tree);
  if (numbers.length || numbered) {
    const { leading, others } = numbered ? articlesBelow(numbered, steps, queryWords) : articlesOf(named, numbers, steps, queryWords);
    return { lookedUp: [...leading, ...others], leads: numbered?.subjects.length ? [] : leading, mentioned: [] };
  }
  return { ...NOTHING_LOOKED_UP, mentioned: named.length && steps ? mentionedIn(named, queryWords.articles(tree), steps, queryWords) : [] };
}

/** What is looked up before the tiers, of which it stays. */
function led(tiers, leading) {
  if (!leading.length || !tiers.some(([tier]) => tier === "all")) return tiers;
  const lookedUp = or(leading), literal = tiers.filter(([tier]) => tier === "exact");
  return [...literal.map(([tier, tree]) => [tier, and([lookedUp, tree])]), ["all", lookedUp], ...tiers];
}

/** The tiers that are looked for; without a run there is nothing to fit less well. */
function wantedTiers(match, runs, tree) {
  if (!runs.length) return ["exact"];
  return MATCHES[match === "auto" && isQuoted(tree) ? "all" : match];
}

/** `exact` behind the other tiers, whose passages then are those that do not hold the query. */
function behind(tiers) {
  const exact = tiers.filter(([tier]) => tier === "exact"), whole = exact.at(-1)[1];
  const others = tiers.filter(([tier]) => tier !== "exact").map(([tier, tree]) => [tier, and([tree, not(whole)])]);
  return [...others, ...exact];
}

/** The informative word of a run that has but one. */
function aloneIn(pieces, analyzer) {
  const words = [...partialWords(pieces, analyzer)];
  return words.length === 1 ? words : [];
}

/** The documents that runs name, those of quotations aside. */
function namedIn(tree, analyzer, words) {
  const texts = runsOf(tree).filter((run) => !run.quoted).map((run) => analyzer.key(run.text));
  return distinct(texts.flatMap((text) => words.namesIn(text).flatMap((name) => name.documents)));
}

/** What of some folded runs ranks. */
class Ranking {
  constructor(runs, queryWords, analyzer, { scriptExact, usesSynonyms, isTitle }) {
    this.runs = runs;
    this.queryWords = queryWords;
    this.analyzer = analyzer;
    this.scriptExact = scriptExact;
    this.isTitle = isTitle;
    this.spellings = this.spelled((run) => rankingSpellings(run, analyzer.folding));
    this.words = distinctWords(this.spellings.map((spelling) => queryWords.cut(spelling)));
    const found = usesSynonyms ? runs.flatMap((run) => analyzer.synonymsWithin(run, this.words)) : [];
    this.synonyms = Object.fromEntries(found);
  }

  /** A warning if not all words rank. */
  warnings() {
    if (informative(this.words, this.analyzer).length <= MAX_RANKED) return [];
    return [warning("ranking_bounded", `查询很长：找的是全部的词，排序只看前 ${MAX_RANKED} 个。`)];
  }

  /** `sought` are the pieces of the runs. */
  terms(sought) {
    const cuts = this.cuts();
    const kept = [...informative(this.words, this.analyzer), ...informative(distinctWords(cuts), this.analyzer)];
    const others = this.scriptExact ? [] : this.parts(distinct(kept)), standing = this.standing();
    const asked = new Set(everyTerm(termsOf([...cuts, ...others], new Set([...kept, ...distinctWords(others)]))));
    const every = termsOf([...cuts, ...standing, ...others], new Set([...kept, ...distinctWords([...standing, ...others])]));
    const lighter = new Set(everyTerm(every).filter((term) => !asked.has(term)));
    return { ...every, names: distinct(this.names(sought)), amounts: askedAmounts(this.runs), lighter };
  }

  spelled(spell) {
    return this.scriptExact ? this.runs : this.runs.flatMap(spell);
  }

  /** The spellings as words, without names if something informative is left beside them. */
  cuts() {
    const rests = this.spellings.flatMap((spelling) => this.queryWords.outsideNames(spelling)).map((rest) => this.queryWords.cut(rest));
    if (!this.isTitle && distinctWords(rests).some((word) => !this.analyzer.uninformative.has(word))) return rests;
    return this.spellings.map((spelling) => this.analyzer.cut(spelling));
  }

  /** What the user lets stand for words of the runs. */
  standing() {
    return distinct(Object.values(this.synonyms).flat()).sort(compareText).map((each) => this.analyzer.cut(each));
  }

  /** What stands for words that the corpus does not hold. */
  parts(kept) {
    return kept.sort(compareText).flatMap((word) => this.queryWords.parts(word).words).map((part) => [part]);
  }

  /** What a heading may be called: a spelling, what is left of it beside names, a number in the query. */
  names(sought) {
    const naming = this.spellings.filter((spelling) => this.queryWords.namesIn(spelling).length);
    return [...this.spelled((run) => this.analyzer.expand(run)), ...naming.flatMap((each) => this.queryWords.outsideNames(each)),
      ...(this.scriptExact ? [] : unitNames(sought, this.analyzer))];
  }
}

const everyTerm = ({ words, characters, pairs }) => [...words, ...characters, ...pairs];
const distinctWords = (cuts) => distinct(cuts.flat().filter(holdsWordCharacter));

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
