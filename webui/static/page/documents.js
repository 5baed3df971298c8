// Twin of webui/pages/document_order.py, webui/pages/documents.py.
// All documents, in the order in which a person would put their files.

import { titlesOf } from "./citation.js";
import { h } from "./dom.js";
import { documentAddress } from "./places.js";
import { say } from "./words.js";

const natural = new Intl.Collator("zh", { numeric: true });

/** Folder by folder, the files of a folder before its folders, 文档2 before 文档10. @param {any[]} documents */
export function inNaturalOrder(documents) {
  return documents.map((document) => ({ document, parts: document.path.split("/") })).sort((one, other) => {
    const shorter = Math.min(one.parts.length, other.parts.length) - 1;
    for (let at = 0; at < shorter; at++) {
      const difference = natural.compare(one.parts[at], other.parts[at]);
      if (difference) return difference;
    }
    return one.parts.length - other.parts.length || natural.compare(one.parts[shorter], other.parts[shorter]);
  }).map(({ document }) => document);
}

/** @param {any[]} documents */
export const documentList = (documents) => h("ul", { class: "documents" }, documents.map((document) => h("li", {},
  h("a", { href: documentAddress(document.id), lang: "zh" }, titlesOf(document).join(" › ")), " ",
  h("span", { class: "meta" }, h("span", { lang: "zh" }, document.path), document.date ? h("time", { datetime: document.date }, document.date) : null))));

/** The page of all documents, with a box that finds some of them by title or path. @param {any[]} documents */
export function documentsView(documents) {
  const list = h("div", {}), count = h("p", { class: "meta", role: "status" });
  const label = say("documents_find"), input = h("input", { type: "search", lang: "zh", "aria-label": label, placeholder: label, autocomplete: "off" });
  const form = h("form", { class: "find", role: "search", "aria-label": label }, input);
  const show = () => {
    const sought = input.value.trim().toLowerCase();
    const found = documents.filter((document) => [...titlesOf(document), document.path].some((text) => text.toLowerCase().includes(sought)));
    count.textContent = say("documents_count", { total: found.length });
    list.replaceChildren(found.length ? documentList(found) : h("div", { class: "nothing" }, h("h2", {}, say("no_hits"))));
  };
  input.addEventListener("input", show);
  form.addEventListener("submit", (event) => event.preventDefault());
  show();
  return h("section", { class: "results shelf" }, h("h1", {}, say("all_documents")), form, count, list);
}
