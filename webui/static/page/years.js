// Twin of webui/pages/year_chart.py.
// The years of the hits, for the slider that chooses from when to when.

import { h, svg } from "./dom.js";
import { say } from "./words.js";

// Units of the drawing: its height, and the least that can be seen.
const HEIGHT = 30, LOWEST = 2;
// Years drawn at most; of an index with a stray date of another millennium the latest.
const MOST = 300;

/** The drawing with its handles, one unit a year; null where there are not two years to choose between. */
export function yearSlider(choices, chosen) {
  const all = choices.filter(({ value }) => /^\d+$/.test(value)).map(({ value, count }) => [Number(value), count]);
  const last = Math.max(0, ...all.map(([year]) => year)), years = all.filter(([year]) => year > last - MOST).sort(([one], [other]) => one - other);
  if (years.length < 2) return null;
  const first = years[0][0], most = Math.max(1, ...years.map(([, count]) => count));
  const [begin, end] = rangeOf(chosen, first, last);
  return h("div", { class: "years", "data-years": true },
    svg("svg", { viewBox: `0 0 ${last - first + 1} ${HEIGHT}`, preserveAspectRatio: "none", "aria-hidden": "true", focusable: "false" },
      years.map(([year, count]) => {
        const height = Math.max(LOWEST, Math.round((HEIGHT * count) / most));
        return svg("rect", { x: year - first, y: HEIGHT - height, width: 1, height, class: begin <= year && year <= end ? null : "out" });
      })),
    [["from", begin], ["to", end]].map(([name, value]) =>
      h("input", { type: "range", [`data-${name}`]: true, min: first, max: last, value, "aria-label": say(`year_${name}`) })),
    h("output", {}, `${begin}–${end}`));
}

/** The years that are chosen; only one range or year is a range of the slider. */
function rangeOf(chosen, first, last) {
  const [, from, dots, to] = (chosen.length === 1 && /^(\d*)(\.\.)?(\d*)$/.exec(chosen[0])) || ["", "", "..", ""];
  const within = (year, otherwise) => Math.min(Math.max(year ? Number(year) : otherwise, first), last);
  return [within(from, first), within(dots ? to : from, last)];
}
