// Twin of webui/pages/chapter_chart.py, webui/templates/chart.html.
// Where the hits are: chapters in reading order become bars, those of a document side by side over its name.

import { sectionValue } from "../engine/model/headings.js";
import { h, svg } from "./dom.js";
import { resultsAddress } from "./places.js";
import { say } from "./words.js";

/** Chapters drawn at most. */
export const DRAWN_CHAPTERS = 24;
// Units of the drawing: a bar with its gap, the longest bar, and the lowest that can be seen.
const SLOT = 10, HEIGHT = 60, LOWEST = 3;
// Bars at most that have their names below them in a line, and characters of such a name; more have them upright.
const LABELLED = 12, SHORT = 6;
// Characters of a document's name, and bars that it needs to lie in a line.
const TITLE = 10, WIDE = 3;
const EVERY_LAW = "中华人民共和国";

/** The drawing for an answer; null where there is nothing to compare. @param {any} answer @param {Map<string, any>} documents by id */
export function chart(answer, state, documents) {
  const isSome = !answer.total, countOf = (each) => (isSome ? each.some : each.count);
  const chapters = answer.chapters.filter(countOf);
  if (chapters.length < 2) return null;
  const most = Math.max(...chapters.map(countOf)), groups = [];
  for (const each of chapters) {
    if (groups.at(-1)?.document.id !== each.document) groups.push({ document: documents.get(each.document), bars: [] });
    groups.at(-1).bars.push(barOf(each, countOf(each), most, documents.get(each.document), state));
  }
  const drawn = chapters.reduce((sum, each) => sum + countOf(each), 0);
  return drawing(groups, drawn < (answer.total || answer.tiers.some), state);
}

function barOf({ chapter }, count, most, document, state) {
  const height = Math.max(LOWEST, Math.round((HEIGHT * count) / most));
  const section = chapter === null ? [] : [sectionValue([chapter])], filters = { section, document: [document.path] };
  const isChosen = section.length > 0 && Object.entries(filters).every(([name, values]) => `${state.values(name)}` === `${values}` && state.values(name).length === 1);
  const heading = chapter ?? say("chapter_none");
  return {
    heading, count, height, isChosen,
    name: `${document.title} › ${heading}${say("chart_bar", { count })}`,
    label: shortened(heading.startsWith("第") ? heading.split(/\s+/)[0] : heading, SHORT),
    url: resultsAddress(state.withFilters(isChosen ? { section: [], document: [] } : filters)),
  };
}

function drawing(groups, isCut, state) {
  const count = groups.reduce((sum, { bars }) => sum + bars.length, 0), hasSeveral = groups.length > 1;
  const look = { isUpright: count > LABELLED, isLabelled: count <= LABELLED || !hasSeveral, hasSeveral, state };
  let isFirst = true;
  const drawn = groups.map((group) => {
    const made = groupOf(group, look, isFirst);
    isFirst = false;
    return made;
  });
  return h("details", { class: "map", "data-fold": "map", open: true },
    h("summary", {}, say("chart_title"), " ", h("span", { class: "meta", "data-caption": true }, isCut ? say("chart_cut", { count }) : say("chart_order"))),
    h("div", { class: "map-groups", role: "group", "aria-label": say("chart_title") }, drawn),
    table(groups, look));
}

/** Of all bars one is a stop for the keyboard; arrows lead from it to the others. */
function groupOf({ document, bars }, look, isFirst) {
  const width = SLOT * bars.length;
  return h("div", { class: "map-group" },
    svg("svg", { width: width * (look.isUpright ? 3 : 6), height: 54, viewBox: `0 0 ${width} ${HEIGHT + 2}`, preserveAspectRatio: "none", focusable: "false" },
      bars.map((bar, at) => svg("a", { href: bar.url, lang: "zh", "aria-label": bar.name, "aria-current": bar.isChosen && "true", tabindex: isFirst && !at ? null : "-1" },
        svg("title", {}, bar.name),
        svg("rect", { class: "slot", x: at * SLOT, y: 0, width: SLOT, height: HEIGHT + 2 }),
        svg("rect", { class: "bar", x: at * SLOT + 1, y: HEIGHT - bar.height + 1, width: SLOT - 2, height: bar.height })))),
    look.isLabelled ? h("ul", { class: `map-labels${look.isUpright ? " upright" : ""}`, lang: "zh", "aria-hidden": "true" },
      bars.map((bar) => h("li", {}, h("a", { href: bar.url, tabindex: "-1", title: bar.name }, bar.label)))) : null,
    look.hasSeveral ? h("a", { class: `map-title${bars.length < WIDE ? " upright" : ""}`, href: ofDocument(document, look.state), lang: "zh", tabindex: "-1", title: document.title },
      shortened(document.title.replace(new RegExp(`^${EVERY_LAW}(?=.)`), ""), Math.max(TITLE, 2 * bars.length))) : null);
}

const ofDocument = (document, state) => resultsAddress(state.withFilters({ section: [], document: [document.path] }));

const table = (groups, { hasSeveral, state }) => h("details", { class: "map-table", "data-fold": "map-table" },
  h("summary", {}, say("chart_table")),
  h("div", { class: "table", tabindex: "0", role: "region", "aria-label": say("chart_table") }, h("table", {},
    h("thead", {}, h("tr", {}, hasSeveral ? h("th", { scope: "col" }, say("facet_document")) : null,
      h("th", { scope: "col" }, say("facet_section")), h("th", { scope: "col" }, say("chart_count")))),
    h("tbody", {}, groups.map(({ document, bars }) => bars.map((bar, at) => h("tr", {},
      hasSeveral && !at ? h("th", { scope: "rowgroup", rowspan: bars.length, lang: "zh" }, h("a", { href: ofDocument(document, state) }, document.title)) : null,
      h("td", { lang: "zh" }, h("a", { href: bar.url }, bar.heading)), h("td", {}, bar.count))))))));

const shortened = (name, length) => ([...name].length <= length ? name : `${[...name].slice(0, length - 1).join("")}…`);
