// Twin of webui/templates/nothing.html.
// No hits: what would find something.

import { DEFAULTS } from "../engine/model/choices.js";
import { h } from "./dom.js";
import { documentsAddress, resultsAddress } from "./places.js";
import { say } from "./words.js";

/** @param {import("./state.js").State} state @param {any[]} chips */
export async function nothing(state, chips, index) {
  const names = [...new Set(chips.map(({ name }) => name))];
  const others = [
    ...names.map((name) => [state.without(name), say("try_without", { name: say(`facet_${name}`) })]),
    ...(state.choices.match === "auto" ? [[state.choosing("match", "relax"), say("try_relax")]] : []),
  ];
  const ways = await Promise.all(others.map(async ([other, label]) => {
    const { entries = 0 } = await index.search({ ...other.parameters(), limit: 0, facets: [] });
    return entries ? h("li", {}, h("a", { href: resultsAddress(other) }, label), " ", h("span", { class: "meta" }, say("would_find", { total: entries }))) : null;
  }));
  const link = (address, label) => h("li", {}, h("a", { href: address }, label));
  return h("div", { class: "nothing" }, h("h2", {}, say("no_hits")), h("ul", { class: "remedies" }, ways,
    chips.length ? link(resultsAddress(state.withoutFilters()), say("try_without_filters")) : null,
    state.choices.match === DEFAULTS.match ? null : link(resultsAddress(state.choosing("match", DEFAULTS.match)), say("try_all_tiers")),
    state.choices.script === DEFAULTS.script ? null : link(resultsAddress(state.choosing("script", DEFAULTS.script)), say("try_any_script")),
    link(documentsAddress, say("browse_documents"))));
}
