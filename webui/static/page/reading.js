// Twin of webui/pages/document_layout.py, webui/pages/hit_rail.py, webui/templates/document.html.
// A document laid out before its texts are there: every passage has its place, and takes about the room it will take.

import { titlesOf } from "./citation.js";
import { h, marked, svg } from "./dom.js";
import { roleName } from "./hit.js";
import { resultsAddress } from "./places.js";
import { State } from "./state.js";
import { say } from "./words.js";

// Characters of a line and its height, roughly, by which the room of a passage is guessed.
const LINE = 38, LINE_REM = 2.1, BETWEEN_REM = 1;
const ITEM_OPENS = "（(①②③④⑤⑥⑦⑧⑨⑩";
// Units of the drawing of hits: its length, a tick, and what a passage takes beside its characters.
const RAIL = 1_000, TICK = 3, LEAST = 20;

/** @param {any} layout of the engine @param {Map<number, number[][]>} hits by ordinal, in order @param {State} state what was searched for */
export function readingView(layout, hits, state) {
  const { document, outline, passages } = layout, opening = new Set(firstsOf(outline));
  const opened = openingTitles(passages);
  const steps = [...hits.keys()].map((ordinal) => passages[ordinal].permalink);
  return [
    h("div", { class: outline.length ? "reading" : "reading alone" },
      outline.length ? h("nav", { class: "outline", tabindex: "0", "aria-label": say("outline"), lang: "zh" },
        h("details", { class: "fold" }, h("summary", { lang: say("html_lang") }, say("outline")), branches(outline, passages))) : null,
      h("article", { class: "paper", "data-title": titlesOf(document).join(" › ") },
        about(document, state, steps, layout.leftOut, titlesAbove(layout, opening, hits)),
        h("div", { class: "prose", lang: "zh" }, chunksOf(layout).map(([start, end]) => h("div", { class: "chunk", "data-start": start, "data-end": end, "data-under": underOf(passages, opening, start) },
          passages.slice(start, end).map((passage, at) => (start + at < opened ? null : pending(passage, start + at, opening, hits)))))),
        steps.length ? stepper(steps.length) : null)),
    steps.length ? rail(passages, hits) : null,
    citeMenu(),
    h("div", { id: "reading-words", hidden: true, "data-words": JSON.stringify({ copied: say("script_copied"), copy_failed: say("script_copy_failed"), step: say("step_said", { number: "#", count: "##" }) }) }),
  ];
}

/** How many passages open the document and are its title. */
function openingTitles(passages) {
  const end = passages.findIndex(({ kind }) => kind !== "title");
  return end < 0 ? passages.length : end;
}

/** Their places; the title that the document is known by, where no passage is one. */
function titlesAbove({ document, passages }, opening, hits) {
  const titles = passages.slice(0, openingTitles(passages)).map((passage, ordinal) => {
    const place = pending(passage, ordinal, opening, hits, "h1");
    place.lang = "zh";
    return place;
  });
  return titles.length ? titles : h("h1", { class: "title", lang: "zh" }, document.title);
}

/** Each file of texts is a chunk. */
function chunksOf({ blocks, passages }) {
  return blocks.map((start, at) => [start, blocks[at + 1] ?? passages.length]);
}

const firstsOf = (nodes) => nodes.flatMap(({ first, children }) => [first, ...firstsOf(children)]);

function underOf(passages, opening, start) {
  for (let ordinal = start - 1; ordinal >= 0; ordinal--) if (opening.has(ordinal)) return passages[ordinal].permalink;
  return "";
}

const branches = (nodes, passages) => h("ol", {}, nodes.map(({ heading, first, children }) => h("li", {},
  h("a", { href: `#${passages[first].permalink}` }, heading), children.length ? branches(children, passages) : null)));

function about(document, state, steps, leftOut, titles) {
  const label = say("find_here"), part = (text, attributes = {}) => text && h("span", attributes, text);
  return h("header", { class: "about" },
    h("p", { class: "sizes", role: "group", "aria-label": say("size_label") }, ["small", "", "large"].map((size) =>
      h("button", { type: "button", "data-size-of": size, "aria-label": say(`size_${size || "usual"}`) }, say("size_sign")))),
    titles,
    h("p", { class: "meta" }, part(document.path, { class: "file", lang: "zh" }),
      document.work ? h("a", { class: "work", lang: "zh", href: resultsAddress(new State({ filters: { work: [document.work] } })) }, document.work) : null,
      part(document.date), document.tags.map((tag) => part(tag, { class: "tag", lang: "zh" })),
      document.recognized_pages ? part(say("recognized_pages", { pages: document.recognized_pages }), { title: say("recognized_title") }) : null,
      Object.entries(document.fields).map(([name, value]) => part(`${name}：${value}`, { class: "field", lang: "zh" }))),
    h("div", { class: "tools" },
      h("form", { class: "find", role: "search", "aria-label": label, method: "get" },
        h("input", { type: "hidden", name: "id", value: document.id }),
        h("input", { type: "search", name: "q", lang: "zh", value: state.q, "aria-label": label, placeholder: label, autocomplete: "off" }),
        h("button", { type: "submit" }, say("find_here_button"))),
      h("p", { class: "meta" },
        state.isBlank ? null : h("a", { href: resultsAddress(state) }, say("back_to_results")),
        steps.length ? part(h("a", { href: `#${steps[0]}` }, say("marked_hits", { count: steps.length }))) : state.q ? part(say("no_hits_here")) : null,
        leftOut ? part(say("hits_left_out", { count: leftOut })) : null)));
}

/** The place of a passage whose text is not there yet. */
function pending(passage, ordinal, opening, hits, name = nameOf(passage)) {
  const { permalink, kind, size } = passage;
  const element = h(name, { id: permalink, class: kind === "heading" ? null : kind, "data-opens": opening.has(ordinal), "data-hit": hits.has(ordinal) });
  element.style.minHeight = `${Math.ceil(size / LINE) * LINE_REM + BETWEEN_REM}rem`;
  return element;
}

const nameOf = ({ kind, level }) => (kind === "heading" ? `h${Math.min(level + 1, 6)}` : "p");

/** Put the texts of a chunk in their places. @param {HTMLElement} chunk @param {any[]} passages @param {Map<number, number[][]>} hits */
export function fill(chunk, passages, hits, pageBefore) {
  const start = Number(chunk.dataset.start);
  let page = pageBefore, rows = [];
  const filled = [];
  const endTable = () => {
    if (rows.length) filled.push(h("div", { class: "table", tabindex: "0", role: "group", "aria-label": say("kind_table") }, h("table", {}, h("tbody", {}, rows))));
    rows = [];
  };
  passages.forEach((passage, at) => {
    const place = document.getElementById(passage.permalink), ranges = hits.get(start + at) ?? [];
    if (passage.kind !== "table") endTable();
    if (passage.page && passage.page !== page && !rows.length) {
      page = passage.page;
      filled.push(h("p", { class: "page", lang: say("html_lang") }, say("page_number", { number: page })));
    }
    if (passage.kind === "table") rows.push(rowOf(passage, ranges, place));
    else {
      const line = lineOf(passage, ranges, place);
      if (chunk.contains(line)) filled.push(line);
    }
  });
  endTable();
  chunk.replaceChildren(...filled);
}

const here = (passage) => h("a", { class: "here", href: `#${passage.permalink}`, "aria-label": say("passage_link") });

function lineOf(passage, ranges, place) {
  const role = roleName(passage);
  place.style.minHeight = "";
  if (passage.kind === "body" && ITEM_OPENS.includes([...passage.text][0])) place.className = "item";
  const link = place.closest(".prose") ? here(passage) : []; // a title stands above
  place.append(...[role ? [h("span", { class: "role", lang: say("html_lang") }, role), " "] : [], marked(passage.text, ranges, passage.emphasis), link].flat(Infinity));
  return place;
}

/** A row of a table, whose cells are parted by tabs. */
function rowOf(passage, ranges, place) {
  let start = 0;
  const inCell = (spans, length) => spans.map(([a, b]) => [Math.max(a, start) - start, Math.min(b, start + length) - start]).filter(([a, b]) => a < b);
  const cells = passage.text.split("\t").map((text) => {
    const length = [...text].length, cell = h("td", {}, marked(text, inCell(ranges, length), inCell(passage.emphasis, length)));
    start += length + 1;
    return cell;
  });
  cells.at(-1).append(here(passage));
  return h("tr", { id: place.id, "data-opens": place.hasAttribute("data-opens"), "data-hit": place.hasAttribute("data-hit") }, cells);
}

/** Where in the document the hits are. */
function rail(passages, hits) {
  const total = passages.reduce((sum, { size }) => sum + size + LEAST, 0);
  let before = 0;
  const ticks = passages.map(({ permalink, size }, ordinal) => {
    const offset = Math.floor((before * (RAIL - TICK)) / total);
    before += size + LEAST;
    return hits.has(ordinal) ? svg("a", { href: `#${permalink}`, tabindex: "-1" },
      svg("rect", { class: "reach", x: 0, y: offset - 4, width: 10, height: 11 }), svg("rect", { class: "tick", x: 0, y: offset, width: 10, height: TICK })) : null;
  });
  return svg("svg", { class: "rail", viewBox: `0 0 10 ${RAIL}`, preserveAspectRatio: "none", "aria-hidden": "true", focusable: "false" }, ticks);
}

const stepper = (count) => h("div", { class: "stepper", role: "group", "aria-label": say("steps_label") },
  h("button", { type: "button", "data-step": "-1" }, say("previous_hit"), h("kbd", { "aria-hidden": "true" }, "p")),
  h("span", { class: "count" }, h("span", { "data-number": true }, "–"), ` / ${count}`),
  h("button", { type: "button", "data-step": "1" }, say("next_hit"), h("kbd", { "aria-hidden": "true" }, "n")),
  h("label", {}, h("input", { type: "checkbox", "data-keys": true }), " ", say("keys_label")));

function citeMenu() {
  const menu = h("template", { id: "cite-menu" });
  menu.content.append(h("div", { class: "cite", role: "group", "aria-label": say("cite_label"), lang: say("html_lang") },
    h("button", { type: "button", "data-style": "plain" }, say("cite_plain")), h("button", { type: "button", "data-style": "url" }, say("cite_link")),
    h("button", { type: "button", "data-close": true, "aria-label": say("fold_close") }, "×")));
  return menu;
}
