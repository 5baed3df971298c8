// Twin of webui/pages/filters.py, webui/templates/filters.html, webui/templates/choices.html.
// The filters of an answer: what would be left, as check boxes of the search form.

import { FACETS, FILTERS } from "../engine/model/choices.js";
import { sectionPath, sectionValue } from "../engine/model/headings.js";
import { titlesOf } from "./citation.js";
import { h } from "./dom.js";
import { home, resultsAddress } from "./places.js";
import { say } from "./words.js";
import { yearSlider } from "./years.js";

// The filters from top to bottom: which document first, then where in it.
const ORDER = ["document", "work", "section", "topic", "year", "tag", "path", "type", "kind", "field"];
// Levels of the chapter tree, values of each list that are counted, and that are shown; of the top level of chapters.
export const DEPTH = 2;
export const COUNTED = 60;
const SHOWN = 8, CHAPTERS = 12;
// Values listed of each level where all are asked for.
const LISTED = 300;

/** What a value is called. @param {Map<string, any>} documents by path and id */
export function labelOf(name, value, documents) {
  if (name === "year" && value === "none") return say("year_none");
  if (name === "kind") return say(`kind_${value}`);
  if (name === "section") return sectionPath(value).join(" › ");
  if (name === "document" && documents.has(value)) return titlesOf(documents.get(value)).join(" › ");
  return value;
}

/** A chip for each chosen value. */
export const chipsOf = (state, documents) => FILTERS.flatMap((name) => state.values(name).map((value) =>
  ({ name, label: labelOf(name, value, documents), url: resultsAddress(state.lacking(name, value)) })));

/** The order in which the chapters are read, by their values, where they are of one document; else null. */
export async function readingOrder(answer, state, { index, documents }) {
  const chosen = state.values("document"), those = chosen.length ? chosen : answer.facets.document.map(({ value }) => value);
  const document = those.length === 1 && documents.get(those[0]);
  if (!document) return null;
  const { outline = [] } = await index.layout(document.id);
  const valuesOf = (nodes, above) => nodes.flatMap(({ heading, children }) => [sectionValue([...above, heading]), ...valuesOf(children, [...above, heading])]);
  return new Map(valuesOf(outline, []).map((value, at) => [value, at]));
}

/** The filters beside the hits. @param {Map<string, number> | null} order of the chapters */
export async function filterColumn(answer, state, { index, documents }, order) {
  const made = await Promise.all(ORDER.map((name) => panelOf(name, answer, state, { index, documents }, order)));
  const panels = made.filter(Boolean);
  const shown = new Set(panels.map(({ dataset }) => dataset.facet)), chosen = FILTERS.flatMap((name) => state.values(name));
  const carried = state.pairs().filter(([name]) => name === "limit" || (FILTERS.includes(name) && !shown.has(name)));
  return h("aside", { class: "facets", id: "filters", tabindex: "-1", "aria-label": say("filters") },
    h("details", { class: "fold", "data-fold": "filters" },
      h("summary", {}, say("filters"), chosen.length ? [" ", h("span", { class: "count" }, say("filters_count", { count: chosen.length }))] : null),
      h("div", { class: "panel" },
        carried.map(([name, value]) => h("input", { type: "hidden", name, value, form: "search" })),
        panels, optionsPanel(state, answer), h("section", { class: "facet", "data-mine": "filters", hidden: true }))));
}

async function panelOf(name, answer, state, { index, documents }, order) {
  const chosen = state.values(name), choices = choicesOf(name, answer, state);
  if (!(chosen.length || choices.length > 1 || (choices.length && ["section", "topic"].includes(name)))) return null;
  const most = name === "section" ? CHAPTERS : SHOWN, isFull = answer.truncated.includes(name) || choices.length > most;
  const isMixed = name === "section" && !order && answer.facets.document.length > 1;
  let shown = leading(choices, most);
  if (name === "section" && order) shown = inReadingOrder(shown, order);
  if (!isMixed && shown.length && !shown.some(({ isOpen }) => isOpen)) shown = [{ ...shown[0], isOpen: true }, ...shown.slice(1)];
  const isDeep = choices.some(({ children }) => children.length), others = await missing(name, shown, choices, state, { index, documents });
  return h("section", { class: "facet", "data-facet": name, "aria-labelledby": `facet-${name}` },
    h("h2", { id: `facet-${name}` }, say(`facet_${name}`), isMixed ? [" ", h("small", {}, say("facet_mixed"))] : null),
    name === "year" ? yearSlider(choices, chosen) : null,
    isFull || isDeep ? finder(name, state) : null,
    valueList(name, [...others, ...shown], documents));
}

/** Values that would leave something, and those that are chosen; these stand first, opened down to them. */
function choicesOf(name, answer, state) {
  const chosen = new Set(state.values(name)), values = answer.facets[name] ?? [];
  const taken = (each) => each.flatMap((value) => {
    const count = answer.total ? value.count : value.some, isChosen = chosen.has(value.value);
    if (!count && !isChosen) return [];
    const children = taken(value.children ?? []);
    return [{ value: value.value, label: value.label, count, isChosen, isOpen: children.some(isKept), children }];
  }).sort((one, other) => Number(isKept(other)) - Number(isKept(one)));
  const parting = name === "path" ? values.filter(({ value }) => chosen.has(value) || !values.every((other) => `${other.value}/`.startsWith(`${value}/`))) : values;
  return taken(parting);
}

const isKept = ({ isChosen, isOpen }) => isChosen || isOpen;

const leading = (choices, most) => choices.filter((choice, at) => at < most || isKept(choice))
  .map((choice) => ({ ...choice, children: leading(choice.children, SHOWN) }));

/** Chapters as they are read, those that are chosen before the others. */
function inReadingOrder(choices, order) {
  const rank = ({ value }) => order.get(value) ?? order.size;
  return choices.map((choice) => ({ ...choice, children: inReadingOrder(choice.children, order) }))
    .sort((one, other) => Number(isKept(other)) - Number(isKept(one)) || rank(one) - rank(other));
}

function walk(choices) {
  return choices.flatMap((choice) => [choice, ...walk(choice.children)]);
}

/** Chosen values that are not listed; those that are not among `choices` either are counted one by one. */
function missing(name, listed, choices, state, { index, documents }) {
  const shown = new Set(walk(listed).map(({ value }) => value)), known = new Map(walk(choices).map(({ value, count }) => [value, count]));
  return Promise.all(state.values(name).filter((value) => !shown.has(value)).slice(0, LISTED).map(async (value) =>
    ({ value, label: labelOf(name, value, documents), count: known.get(value) ?? await countOf(state.only(name, value), index), isChosen: true, isOpen: false, children: [] })));
}

async function countOf(state, index) {
  const { total = 0, tiers } = await index.search({ ...state.parameters(), limit: 0, facets: [] });
  return total || (tiers?.some ?? 0);
}

const finder = (name, state) => {
  const label = say("find_in", { name: say(`facet_${name}`) });
  return h("form", { class: "find", role: "search", "aria-label": label, action: home, method: "get" },
    [["values", name], ...state.pairs()].map(([key, value]) => h("input", { type: "hidden", name: key, value })),
    h("input", { type: "search", name: "find", lang: "zh", placeholder: label, "aria-label": label, autocomplete: "off" }));
};

/** All values of a filter whose label holds what is sought, under what is above them. */
export async function foundValues(name, find, answer, state, { index, documents }) {
  const sought = find.trim().toLowerCase();
  const named = (choice) => (name === "section" ? choice.label : labelOf(name, choice.value, documents)).toLowerCase();
  const holding = (choices) => choices.flatMap((choice) => {
    if (named(choice).includes(sought)) return [choice];
    const children = holding(choice.children);
    return children.length ? [{ ...choice, children, isOpen: true }] : [];
  });
  const choices = choicesOf(name, answer, state), found = holding(choices);
  const listed = found.slice(0, LISTED).map((choice) => ({ ...choice, children: choice.children.slice(0, LISTED) }));
  const list = valueList(name, [...await missing(name, listed, choices, state, { index, documents }), ...listed], documents);
  if (found.length > LISTED) list.append(h("p", { class: "meta" }, say("facet_truncated", { count: LISTED })));
  return list;
}

function valueList(name, choices, documents) {
  if (!choices.length) return h("div", { "data-values": true }, h("p", { class: "meta" }, say("find_nothing")));
  if (name === "section") return h("div", { "data-values": true }, branches(name, choices));
  const marks = name === "document" ? marksOf(choices, documents) : new Map();
  return h("div", { "data-values": true }, shelvesOf(name, choices, documents).map(([work, held]) => [
    work ? h("p", { class: "of-work", lang: "zh" }, work) : null,
    h("ul", {}, held.map((choice) => h("li", {}, checkBox(name, choice, valueLabel(name, choice, work, documents) + (marks.get(choice.value) ?? ""))))),
  ]));
}

/** Documents by their work; what is chosen stays on top. */
function shelvesOf(name, choices, documents) {
  const shelves = new Map();
  for (const choice of choices) {
    const document = documents.get(choice.value);
    const work = name === "document" && !choice.isChosen && document && titlesOf(document).length > 1 ? document.work : "";
    shelves.set(work, [...(shelves.get(work) ?? []), choice]);
  }
  return [...shelves];
}

const valueLabel = (name, choice, work, documents) => (work ? documents.get(choice.value).title : labelOf(name, choice.value, documents));

/** For documents of the same title, what tells them apart: their dates, else their files' names or paths. */
function marksOf(choices, documents) {
  const alike = new Map();
  for (const { value } of choices) if (documents.has(value)) {
    const label = labelOf("document", value, documents);
    alike.set(label, [...(alike.get(label) ?? []), documents.get(value)]);
  }
  const marks = new Map();
  for (const group of [...alike.values()].filter(({ length }) => length > 1)) {
    const told = [({ date }) => date ?? "", ({ path }) => path.split("/").at(-1), ({ path }) => path]
      .find((mark) => new Set(group.map(mark)).size === group.length);
    for (const document of group) if (told?.(document)) marks.set(document.path, `（${told(document)}）`);
  }
  return marks;
}

const checkBox = (name, { value, count, isChosen }, label) => h("label", { class: "value" },
  h("input", { type: "checkbox", form: "search", name, value, checked: isChosen }),
  h("span", { class: "label", lang: ["year", "kind"].includes(name) ? null : "zh" }, label),
  h("span", { class: "count" }, count));

const branches = (name, choices) => h("ul", { class: "tree" }, choices.map((choice) => h("li", {},
  checkBox(name, choice, choice.label),
  choice.children.length ? h("details", { "data-fold": `${name}:${choice.value}`, open: choice.isOpen },
    h("summary", {}, h("span", { class: "hidden" }, say("fold", { name: choice.label, count: choice.children.length }))),
    branches(name, choice.children)) : null)));

function optionsPanel(state, answer) {
  const box = (name, value, label) => h("label", { class: "value" },
    h("input", { type: "checkbox", form: "search", name, value, checked: state.choices[name] === value }), h("span", {}, label));
  return h("section", { class: "facet options", "aria-labelledby": "options" },
    h("h2", { id: "options" }, say("options")),
    box("group", "document", say("group_document")),
    select("match", ["auto", "all", "exact", "relax"], state),
    box("scope", "section", say("scope_section")),
    box("script", "exact", say("script_exact")),
    Object.keys(answer.synonyms).length || state.choices.synonyms === "off" ? box("synonyms", "off", say("synonyms_off")) : null,
    h("label", { class: "value" }, h("input", { type: "checkbox", "data-keys-of-hits": true, checked: true }), h("span", {}, say("keys_hits"))));
}

/** One of several values of an option. */
export const select = (name, values, state) => h("label", { class: "select" }, h("span", {}, say(`${name}_label`)),
  h("select", { name, form: "search" }, values.map((value) => h("option", { value, selected: state.choices[name] === value }, say(`${name}_${value}`)))));

/** The facets that the filters are made of. */
export const COUNTED_FACETS = FACETS;
