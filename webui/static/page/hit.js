// Twin of webui/templates/hit.html.
// One hit: where it stands, what it says, what it is, what can be done with it.

import { cite, pagesOf, titlesOf } from "./citation.js";
import { breakable, h, marked } from "./dom.js";
import { documentAddress, resultsAddress } from "./places.js";
import { isSaid, say } from "./words.js";

const separator = () => [h("span", { class: "sep", "aria-hidden": "true" }, " ›"), " "];

/** What a passage is beside the run of the text. */
export const roleName = ({ role }) => (isSaid(`role_${role}`) ? say(`role_${role}`) : "");

/** @param {any} hit @param {{state: any, saysTier: boolean, saysDocument: boolean, isOneDocument: boolean}} shown */
export function hitArticle(hit, shown) {
  const { snippet, text } = hit, length = [...text].length;
  const isCut = snippet.end - snippet.start < length;
  return h("article", { class: `hit kind-${hit.kind}`, "data-passage-id": hit.id },
    h("h3", { class: "path", lang: "zh" }, h("a", { href: addressIn(hit.document, hit, shown) }, pathOf(hit, shown))),
    h("p", { class: "text", lang: "zh" },
      snippet.start ? h("span", { class: "cut" }, "…") : null,
      snippet.parts.map(([part, isMarked]) => (isMarked ? h("mark", {}, breakable(part)) : breakable(part))),
      snippet.end < length ? h("span", { class: "cut" }, "…") : null),
    isCut ? h("details", { class: "whole", "data-fold": `whole:${hit.id}` },
      h("summary", {}, h("span", { class: "when-closed" }, say("whole", { length })), h("span", { class: "when-open" }, say("fold_close"))),
      h("p", { class: "text", lang: "zh" }, marked(text, hit.highlights, hit.emphasis))) : null,
    others(hit, shown),
    copies(hit, shown),
    about(hit, shown));
}

const addressIn = (document, { permalink }, { state }) => documentAddress(document.id, state, permalink);

function pathOf(hit, { saysDocument }) {
  const titles = titlesOf(hit.document), ranges = [...(titles.length > 1 ? [hit.work_highlights] : []), hit.title_highlights];
  const named = saysDocument || !hit.section.length ? titles.map((title, at) => [
    at ? separator() : null,
    h("span", { class: at === titles.length - 1 ? "title" : "work" }, marked(title, ranges[at])),
  ]) : [];
  const headings = hit.section.map((heading, at) => [
    separator(),
    h("span", { class: "heading" }, marked(heading, hit.path_highlights.filter(([index]) => index === at).map(([, ...span]) => span))),
  ]);
  return [named, headings];
}

function others(hit, shown) {
  if (!hit.others.length) return null;
  return h("details", { class: "others", "data-fold": `others:${hit.id}`, open: shown.state.choices.scope === "section" },
    h("summary", {}, say("others", { count: hit.others.length })),
    hit.others.map((other) => h("p", { class: "text", lang: "zh" }, marked(other.text, other.highlights, other.emphasis), " ",
      h("a", { href: addressIn(hit.document, other, shown), "aria-label": say("open_in_document") }, "¶"))));
}

function copies(hit, shown) {
  if (!hit.copy_count) return null;
  return h("details", { class: "copies", "data-fold": `copies:${hit.id}` },
    h("summary", {}, say("copies", { count: hit.copy_count })),
    h("ul", { lang: "zh" }, hit.copies.map((copy) => h("li", {}, h("a", { href: addressIn(copy.document, copy, shown) },
      [...titlesOf(copy.document), ...copy.section].join(" › "))))));
}

function about(hit, { state, saysTier, saysDocument, isOneDocument }) {
  const { document } = hit, badge = (text, title) => h("span", { class: "badge", title }, text);
  const address = new URL(documentAddress(document.id, null, hit.permalink), location.href).href;
  return h("p", { class: "about" },
    saysTier ? badge(say(`tier_${hit.tier}`)) : null,
    hit.kind === "body" ? null : badge(say(`kind_${hit.kind}`)),
    roleName(hit) ? badge(roleName(hit)) : null,
    document.date ? h("time", { datetime: document.date }, document.date) : null,
    saysDocument ? h("span", { class: "file", lang: "zh" }, document.path) : null,
    hit.page ? h("span", {}, say("page_number", { number: pagesOf(hit) })) : null,
    hit.recognized ? badge(say("recognized"), say("recognized_title")) : null,
    " ",
    h("span", { class: "actions" },
      h("a", { href: documentAddress(document.id, null, hit.permalink), "data-around": hit.id }, say("around")),
      h("button", { type: "button", "data-copy": `${cite(document, hit)}。${address}` }, say("copy_cited")),
      saysDocument && !isOneDocument ? h("a", { href: resultsAddress(state.only("document", document.path)) }, say("only_this_document")) : null));
}
