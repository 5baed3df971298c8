// Twin of webui/pages/search.py, webui/pages/paging.py, webui/templates/results.html.
// A page of hits with their filters.

import { BOUNDS } from "../engine/model/choices.js";
import { card } from "./card.js";
import { chart, DRAWN_CHAPTERS } from "./chart.js";
import { h, marked } from "./dom.js";
import { chipsOf, COUNTED, COUNTED_FACETS, DEPTH, filterColumn, readingOrder, select } from "./filters.js";
import { hitArticle } from "./hit.js";
import { nothing } from "./nothing.js";
import { resultsAddress } from "./places.js";
import { isSaid, say } from "./words.js";

const FULL = ["exact", "all"];
// Page numbers shown before and after the current one, and warnings at most.
const AROUND = 3, WARNINGS = 8;
const CARDS = 3;

/** What the engine is asked for a page of hits. @param {import("./state.js").State} state */
export const asked = (state) => ({ ...state.parameters(), facets: COUNTED_FACETS, facet_depth: DEPTH, facet_limit: COUNTED, chapters: DRAWN_CHAPTERS });

/**
 * The page of an answer.
 *
 * @param {import("./state.js").State} state
 * @param {any} answer of the engine
 * @param {{index: any, documents: Map<string, any>}} site
 */
export async function resultsPage(state, answer, site) {
  const asksWords = Boolean(state.q.trim()), title = `${state.q.trim() || say("all_passages")} · ${say("brand")}`;
  const counted = countedLine(state, answer, asksWords), tiers = asksWords && answer.total ? tierCounts(answer.tiers) : "";
  const shown = { state, saysDocument: true, isOneDocument: state.values("document").length === 1 };
  const chips = chipsOf(state, site.documents);
  return h("div", { id: "page", "data-view": "results", "data-title": title, "data-url": resultsAddress(state), "data-said": `${answer.entries ? counted : say("no_hits")} ${tiers}` },
    h("h1", { class: "hidden" }, say("results_title")),
    h("div", { class: "columns" },
      h("div", { class: "results" },
        h("div", { class: "bar", hidden: !answer.entries },
          h("p", { class: "status" }, answer.entries ? h("strong", {}, counted) : null, tiers ? h("span", {}, tiers) : null,
            h("span", { class: "meta took" }, say("result_time", { took: answer.took_ms.toFixed(1) }))),
          h("div", { class: "choices" }, select("collapse", ["none", "text", "section"], state), select("sort", ["relevance", "order", "date", "-date"], state))),
        warnings(state, answer),
        chipList(chips, state),
        synonymLine(state, answer),
        await Promise.all(answer.named.slice(0, CARDS).map((document, at) => card(document, site.index, state, at === 0))),
        chart(answer, state, site.documents),
        h("div", { id: "hits", tabindex: "-1" }, answer.entries ? null : await nothing(state, chips, site.index), noSuchPage(state, answer),
          answer.groups.length ? byDocument(answer, shown, asksWords) : byTier(answer, shown, asksWords)),
        pageLinks(state, answer.entries),
        answer.entries ? takingAway() : null),
      await filterColumn(answer, state, site, await readingOrder(answer, state, site))));
}

/** How many there are, in the words that fit. */
function countedLine(state, answer, asksWords) {
  const { tiers, total, at_least: isAtLeast, entries, groups } = answer, every = tiers.exact + tiers.all + tiers.some;
  if (asksWords && !total) return say(isAtLeast ? "result_some_at_least" : "result_some", { some: tiers.some });
  if (isAtLeast) return say("result_at_least", { total: asksWords ? total : entries });
  if (state.choices.collapse !== "none" && !groups.length && entries < every) return say("result_folded", { total: every, left: entries });
  if (!asksWords) return say("result_all", { total: entries });
  return groups.length ? say("result_documents", { total: entries }) : say("result_count", { total });
}

const tierCounts = (tiers) => Object.keys(tiers).filter((tier) => tiers[tier]).map((tier) => say(`tier_${tier}`) + " " + tiers[tier]).join(say("list_comma"));

/** What was read otherwise than typed, shown at its place in the query. */
function warnings({ q }, answer) {
  if (!answer.warnings.length) return null;
  const faults = answer.warnings.filter(({ end }) => end).map(({ start, end }) => [start, end]);
  const said = answer.warnings.slice(0, WARNINGS).map(({ code, message, start, end }) => h("li", {},
    end ? say("warning_place", { place: start + 1 }) : null, isSaid(`warning_${code}`) ? say(`warning_${code}`, { message }) : message));
  return h("div", { class: "warnings", role: "note" },
    faults.length ? h("p", { class: "asked", lang: "zh" }, h("code", {}, faultsIn(q, faults))) : null, h("ul", {}, said));
}

function faultsIn(query, ranges) {
  const nodes = marked(query, ranges);
  for (const node of nodes.flat(Infinity)) if (node instanceof Element) node.classList.add("fault");
  return nodes;
}

function chipList(chips, state) {
  if (!chips.length) return null;
  const filters = state.asking("").pairs();
  return [
    h("ul", { class: "chips", "aria-label": say("filters_chosen") },
      chips.map(({ name, label, url }) => h("li", {}, h("a", { href: url, "aria-label": say("filter_remove", { name: label }) },
        h("span", { class: "meta" }, say(`facet_${name}`)), " ", h("span", { lang: ["year", "kind"].includes(name) ? null : "zh" }, label), " ", h("span", { "aria-hidden": "true" }, "×")))),
      chips.length > 1 ? h("li", {}, h("a", { class: "clear", href: resultsAddress(state.withoutFilters()) }, say("filters_clear"))) : null),
    h("button", { type: "button", class: "clear", "data-save": `?${new URLSearchParams(filters)}` }, say("filters_save")),
  ];
}

/** Which words were found for which, and a way to those typed alone. */
function synonymLine(state, { synonyms }) {
  const used = Object.entries(synonyms), [words, way, choice] = used.length ? ["synonyms_used", "synonyms_leave_out", "off"] : ["synonyms_left_out", "synonyms_use", "on"];
  if (!used.length && state.choices.synonyms === "on") return null;
  return h("p", { class: "meta synonyms" }, say(words),
    used.map(([word, others], at) => [at ? say("list_comma") : "", h("span", { lang: "zh" }, `${word} → ${others.join("、")}`)]),
    " ", h("a", { href: resultsAddress(state.choosing("synonyms", choice)) }, say(way)));
}

function noSuchPage(state, answer) {
  if (!answer.entries || answer.hits.length) return null;
  return h("div", { class: "nothing" }, h("h2", {}, say("no_such_page")), h("ul", {}, h("li", {}, h("a", { href: resultsAddress(state.at(0)) }, say("first_page")))));
}

/** Hits under the line of their tier; only by relevance do whole matches come tier by tier. */
function byTier(answer, shown, asksWords) {
  const tiersOf = ({ tier }) => (shown.state.choices.sort === "relevance" || !FULL.includes(tier) ? [tier] : FULL), groups = [];
  for (const hit of answer.hits) {
    if (`${groups.at(-1)?.tiers}` !== `${tiersOf(hit)}`) groups.push({ tiers: tiersOf(hit), hits: [] });
    groups.at(-1).hits.push(hit);
  }
  return groups.map(({ tiers, hits }) => [
    asksWords ? h("h2", { class: `tier ${tiers[0]}` },
      h("span", {}, tiers.map((tier, at) => [at ? say("tier_or") : "", say(`tier_${tier}`)])),
      h("span", { class: "count" }, tiers.reduce((sum, tier) => sum + answer.tiers[tier], 0)),
      tiers[0] === "some" ? h("small", {}, say("tier_some_note")) : null) : null,
    hits.map((hit) => hitArticle(hit, { ...shown, saysTier: tiers.length > 1 && asksWords })),
  ]);
}

function byDocument(answer, shown, asksWords) {
  const hits = new Map(answer.hits.map((hit) => [hit.id, hit])), { state } = shown;
  return answer.groups.map(({ document, count, some, hits: ids }) => h("section", { class: "of-document", "aria-labelledby": `of-${document.id}` },
    h("h2", { class: "tier", id: `of-${document.id}` }, h("span", { lang: "zh" }, document.work && !document.title.includes(document.work) ? `${document.work} › ${document.title}` : document.title),
      h("span", { class: "count" }, count ? say("result_count", { total: count }) : "", some ? say(count ? "and_some" : "only_some", { some }) : "")),
    ids.map((id) => hitArticle(hits.get(id), { ...shown, saysTier: asksWords, saysDocument: false })),
    count + some > ids.length && !shown.isOneDocument ? h("p", { class: "more" },
      h("a", { href: resultsAddress(state.only("document", document.path).choosing("group", "none")) }, say("all_of_document"))) : null));
}

/** What is made of the hits when somebody wants it. */
const takingAway = () => h("p", { class: "meta exports" }, h("span", {}, h("button", { type: "button", class: "clear", "data-compare": true }, say("compare"))),
  h("span", {}, h("button", { type: "button", class: "clear", "data-csv": true }, `${say("export_label")} CSV`)));

function pageLinks(state, entries) {
  const { offset, limit } = state.numbers, total = Math.min(entries, BOUNDS.offset.most);
  if (!limit || total <= limit || offset >= total) return null;
  const current = Math.floor(offset / limit) + 1, last = Math.ceil(total / limit);
  const link = (number, content, attributes = {}) => h("a", { href: resultsAddress(state.at((number - 1) * limit)), ...attributes }, content);
  const numbers = Array.from({ length: last }, (_, at) => at + 1).slice(Math.max(0, current - 1 - AROUND), current + AROUND);
  return h("nav", { class: "pages", "aria-label": say("pages") },
    current > 1 ? link(current - 1, say("previous"), { rel: "prev" }) : null,
    numbers.map((number) => link(number, number, { "aria-current": number === current && "page" })),
    current < last ? link(current + 1, say("next"), { rel: "next" }) : null);
}
