// Twin of webui/pages/home.py, webui/templates/home.html.
// The page for those who have not asked yet.

import { h } from "./dom.js";
import { labelOf } from "./filters.js";
import { documentList } from "./documents.js";
import { documentsAddress, home, resultsAddress } from "./places.js";
import { State } from "./state.js";
import { say } from "./words.js";

// Documents listed, filters that are offered, and values of each.
const DOCUMENTS = 30, BROWSED = ["work", "tag", "year"], MOST_BROWSED = 16;

/** @param {{index: any, list: any[], documents: Map<string, any>, examples: {sort: string, query: string}[]}} site */
export async function homePage({ index, list, documents, examples }) {
  const counted = await index.search({ q: "", limit: 0, facets: BROWSED, facet_limit: MOST_BROWSED });
  if (counted.error) return counted;
  return h("div", { id: "page", "data-view": "home", "data-title": say("brand"), "data-url": home, "data-said": "" }, h("div", { class: "columns" },
    h("section", { class: "lead" },
      h("h1", {}, say("home_title")),
      h("p", {}, say("home_hint")),
      list.length ? h("p", { class: "meta" }, say("home_summary", { documents: list.length, passages: counted.total })) : null,
      h("section", { class: "shelf", "data-mine": "opened", hidden: true }), h("section", { class: "shelf", "data-mine": "filters", hidden: true }),
      BROWSED.filter((name) => counted.facets[name].length > 1).map((name) => [
        h("h2", { id: `browse-${name}` }, say(`facet_${name}`)),
        h("ul", { class: "browse", "aria-labelledby": `browse-${name}` }, counted.facets[name].map(({ value, count }) => h("li", {},
          h("a", { href: resultsAddress(new State({ filters: { [name]: [value] } })) },
            h("span", { lang: name === "year" ? null : "zh" }, labelOf(name, value, documents)), " ", h("span", { class: "count" }, count))))),
      ])),
    h("div", { class: "results" },
      list.length ? null : h("div", { class: "nothing" }, h("h2", {}, say("home_empty_title")), h("p", {}, say("static_empty"))),
      examples.length ? h("section", { "aria-labelledby": "try" }, h("h2", { class: "tier", id: "try" }, say("home_try")),
        h("ul", { class: "examples" }, examples.map(({ sort, query }) => h("li", {},
          h("a", { href: resultsAddress(new State({ q: query })) }, h("strong", { lang: "zh" }, query), h("span", { class: "meta" }, say(`example_${sort}`))))))) : null,
      list.length ? h("section", { class: "shelf", "aria-labelledby": "shelf" }, h("h2", { class: "tier", id: "shelf" }, say("home_documents")),
        documentList(list.slice(0, DOCUMENTS)),
        list.length > DOCUMENTS ? h("p", {}, h("a", { href: documentsAddress }, say("home_more_documents", { count: list.length }))) : null) : null)));
}
