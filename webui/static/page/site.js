// No twin: a server has this in its processes.
// The export as the page's scripts know a server: it answers addresses of the page's parts. And what all pages need of it.

import { open } from "../engine/engine.js";
import { h, marked } from "./dom.js";
import { inNaturalOrder } from "./documents.js";
import { failurePage } from "./failure.js";
import { COUNTED_FACETS, foundValues } from "./filters.js";
import { homePage } from "./home.js";
import { base, documentAddress } from "./places.js";
import { asked, resultsPage } from "./results.js";
import { State } from "./state.js";

// Levels and values where all values of one filter are asked for.
const ALL_DEPTH = 100, ALL_MOST = 10_000;

/** An opened export: {index, list, documents} or {error}; `documents` are by path and by id. */
export async function openSite() {
  const index = await open(base), told = await index.documents();
  if (told.error) return { index, error: told.error, list: [], documents: new Map(), examples: [] };
  const list = inNaturalOrder(told.documents);
  return { index, list, documents: new Map(list.flatMap((each) => [[each.path, each], [each.id, each]])), examples: await examplesOf() };
}

/** Queries that these documents answer; nothing depends on them. */
const examplesOf = () => fetch(new URL("examples.json", import.meta.url)).then((answer) => answer.json()).catch(() => []);

/** The page of an address of results. @param {string} query its parameters */
export async function pageOf(site, address) {
  const state = State.read(new URL(address, location.href).searchParams);
  if (site.error) return failurePage(site.error, address);
  const made = state.isBlank ? await homePage(site) : await searched(site, state);
  return made.error ? failurePage(made.error, address) : made;
}

async function searched(site, state) {
  const answer = await site.index.search(asked(state));
  return answer.error ? answer : resultsPage(state, answer, site);
}

/** What scripts ask a server, answered here: fetch-like, always with the site as it is now. @param {() => Promise<any>} siteOf */
export function serverOf(siteOf) {
  let last = Promise.resolve();

  /** One after the other: of those that wait, what nobody wants any more is never begun. */
  function inTurn(signal, make) {
    const mine = last.then(() => {
      signal?.throwIfAborted();
      return make();
    });
    last = mine.catch(() => {});
    return mine;
  }
  return {
    documentAddress: (root, id) => documentAddress(id),
    fetch: async (address, { headers = {}, signal } = {}) => {
      const url = new URL(address, location.href), site = await siteOf();
      if (url.pathname.endsWith("api/v1/suggest")) return suggested(site, url.searchParams);
      const made = await inTurn(signal, () => partOf(headers["X-Part"], site, url));
      return new Response(made.outerHTML, { status: made.dataset.view === "error" ? 500 : 200 });
    },
  };
}

function partOf(name, site, url) {
  if (name === "values") return valuesOf(site, url.searchParams);
  return name === "around" ? aroundOf(site, url) : pageOf(site, url.pathname + url.search);
}

async function suggested({ index }, given) {
  const { suggestions = [] } = await index.suggest({ q: given.get("q"), limit: Number(given.get("limit")) });
  return Response.json({ suggestions });
}

async function valuesOf(site, given) {
  const name = given.get("values"), state = State.read(given).at(0);
  const answer = await site.index.search({ ...state.parameters(), limit: 0, facets: [...new Set(["document", name])], facet_depth: ALL_DEPTH, facet_limit: ALL_MOST });
  if (answer.error || !COUNTED_FACETS.includes(name)) throw new Error(answer.error?.message);
  return foundValues(name, given.get("find") ?? "", answer, state, site);
}

/** The passages before and after one; its permalink stands at the end of its address. */
async function aroundOf({ index }, url) {
  const id = url.searchParams.get("id"), ordinal = Number(/-(\d+)\.[0-9a-f]+$/.exec(url.hash)?.[1]);
  const { passages, error } = await index.passages(id, Math.max(0, ordinal - 1), ordinal + 2);
  if (error) throw new Error(error.message);
  const side = (passage) => Math.sign(Number(passage.id.split("-").at(-1)) - ordinal);
  return h("section", {}, passages.filter(side).map((passage) => h("p", { class: "text neighbour", lang: "zh", "data-side": side(passage) < 0 ? "before" : "after" },
    marked(passage.text, [], passage.emphasis))));
}
