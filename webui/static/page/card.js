// Twin of webui/pages/named.py, webui/templates/card.html.
// A document that the query names.

import { titlesOf } from "./citation.js";
import { h } from "./dom.js";
import { documentAddress, resultsAddress } from "./places.js";
import { say } from "./words.js";

// Headings shown of its outline.
const PARTS = 16;

/** @param {any} document @param {any} index @param {import("./state.js").State} state @param {boolean} showsParts */
export async function card(document, index, state, showsParts) {
  const layout = showsParts ? await index.layout(document.id) : {}, parts = layout.outline ?? [];
  return h("section", { class: "card", "aria-labelledby": `card-${document.id}` },
    h("h2", { id: `card-${document.id}` }, h("span", { class: "hidden" }, say("named")), " ",
      h("a", { href: documentAddress(document.id), lang: "zh" }, titlesOf(document).join(" › "))),
    h("p", { class: "meta" }, document.date ? h("time", { datetime: document.date }, document.date) : null, h("span", { class: "file", lang: "zh" }, document.path)),
    parts.length ? h("ul", { class: "parts", lang: "zh" },
      parts.slice(0, PARTS).map(({ heading, first }) => h("li", {}, h("a", { href: documentAddress(document.id, null, layout.passages[first].permalink) }, heading))),
      parts.length > PARTS ? h("li", { class: "meta" }, say("card_left_out", { count: parts.length - PARTS })) : null) : null,
    h("p", { class: "actions" }, h("a", { href: documentAddress(document.id) }, say("open_document")),
      state.values("document").length === 1 ? null : h("a", { href: resultsAddress(state.only("document", document.path)) }, say("only_this_document"))));
}
