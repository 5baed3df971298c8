// Twin of webui/pages/compare.py, webui/templates/compare.html.
// What the documents say of one thing, side by side: a table to read and print, in the place of the results.

import { titlesOf } from "./citation.js";
import { h, marked } from "./dom.js";
import { documentAddress, resultsAddress } from "./places.js";

// Documents of a table, and passages of each.
const DOCUMENTS = 50, PASSAGES = 5;

/** @param {any} index @param {import("./state.js").State} state @param {(key: string, values?: object) => string} say what the page says @returns {Promise<Element>} */
export async function comparison(index, state, say) {
  const answer = await index.search({ ...state.parameters(), group: "document", group_limit: PASSAGES, limit: DOCUMENTS, offset: 0, facets: [] });
  if (answer.error) throw new Error(answer.error.message);
  const hits = new Map(answer.hits.map((hit) => [hit.id, hit])), heads = ["facet_document", "facet_section", "compare_text"];
  return h("article", { class: "compare", tabindex: "-1" },
    h("h1", {}, say("compare"), " ", h("span", { lang: "zh" }, state.q)),
    h("p", { class: "meta" }, h("a", { class: "screen", href: resultsAddress(state) }, say("back_to_results")),
      h("span", {}, say("compare_shown", { shown: answer.groups.length, total: answer.entries })), h("span", { class: "screen" }, say("compare_print"))),
    h("div", { class: "table", tabindex: "0", role: "region", "aria-label": say("compare") }, h("table", {},
      h("thead", {}, h("tr", {}, heads.map((key) => h("th", { scope: "col" }, say(key))))),
      answer.groups.map((group) => h("tbody", {}, group.hits.map((id, at) => h("tr", {},
        at ? null : h("th", { scope: "rowgroup", rowspan: group.hits.length, lang: "zh" }, documentCell(group, state, say)),
        passageCells(hits.get(id), state, say))))))));
}

function documentCell({ document, count, some, hits }, state, say) {
  const more = count + some - hits.length;
  return [
    h("a", { href: documentAddress(document.id, state) }, titlesOf(document).join(" › ")),
    document.date ? [" ", h("time", { datetime: document.date }, document.date)] : null,
    more > 0 ? [" ", h("small", { lang: say("html_lang") }, say("compare_more", { count: more }))] : null,
  ];
}

const passageCells = (hit, state, say) => [
  h("td", { lang: "zh" }, h("a", { href: documentAddress(hit.document.id, state, hit.permalink) }, hit.section.join(" › ") || say("chapter_none"))),
  h("td", { class: "text", lang: "zh" }, marked(hit.text, hit.highlights)),
];
