// Twin of webui/pages/download.py, indexer/serialize/tables.py.
// A list of hits to take away as CSV; citations are the plain ones.

import { BOUNDS } from "../engine/model/choices.js";
import { cite } from "./citation.js";
import { documentAddress } from "./places.js";

/** Hits of one file at most. */
export const MOST = 1_000;
const COLUMNS = ["number", "tier", "document", "path", "date", "section", "kind", "text", "link", "citation"];
// What a spreadsheet would take for a formula.
const FORMULA = /^(?:[ \u3000\n]*[=+\-@＝＋－＠\t\r]|\n)/;
// How long the browser may take to begin saving, in ms.
const KEPT = 60_000;

/** Save the hits of a state from the first on. @param {any} index @param {import("./state.js").State} state @param {(key: string) => string} say what the page says */
export async function saveCsv(index, state, say) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob(["\ufeff", ...await linesOf(index, state, say)], { type: "text/csv" }));
  link.download = "xunzhang.csv";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), KEPT);
}

async function linesOf(index, state, say) {
  const lines = [line(COLUMNS.map((name) => say(`export_${name}`)))], limit = BOUNDS.limit.most;
  for (let offset = 0; offset < MOST; offset += limit) {
    const { hits = [], error } = await index.search({ ...state.parameters(), group: "none", facets: [], limit, offset });
    if (error) throw new Error(error.message);
    lines.push(...hits.map((hit, at) => line(cellsOf(hit, offset + at + 1, say))));
    if (hits.length < limit) break;
  }
  return lines;
}

function cellsOf(hit, number, say) {
  const link = new URL(documentAddress(hit.document.id, null, hit.permalink), location.href);
  return [
    number, say(`tier_${hit.tier}`), hit.document.title, hit.document.path, hit.document.date ?? "", hit.section.join(" › "),
    say(`kind_${hit.kind}`), hit.text, link.href, cite(hit.document, hit),
  ];
}

/** A line of RFC 4180. */
const line = (cells) => cells.map((cell) => quoted((typeof cell === "string" && FORMULA.test(cell) ? "'" : "") + cell)).join(",") + "\r\n";

const quoted = (text) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
