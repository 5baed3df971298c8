// Twin of webui/pages/document.py, webui/pages/document_hits.py.
// A document of a static export to read: its texts are read as they come near, then, if they are not too many, all of them.

import { start } from "../js/main.js";
import { read } from "../js/reading.js";
import { cite } from "./citation.js";
import { failure } from "./failure.js";
import { buildFrame, labelButtons } from "./frame.js";
import { documentAddress } from "./places.js";
import { fill, readingView } from "./reading.js";
import { openSite, serverOf } from "./site.js";
import { State } from "./state.js";
import { say } from "./words.js";

// Hits marked in a document, and those of one question.
const MARKED_HITS = 500, ASKED = 100;
// Files of texts that are read without being asked for, so that a page can be searched and printed whole; about 2.5 kB each.
const UNASKED = 200;
// Windows above and below that texts are read for.
const NEAR = "150%";

/** Make the page. */
export async function readPage() {
  const parameters = new URLSearchParams(location.search), state = State.read(parameters), opening = openSite();
  buildFrame(state.q, "other");
  start(document, serverOf(() => opening));
  const { index, error } = await opening;
  const layout = error ? { error } : await index.layout(parameters.get("id") ?? "");
  if (layout.error) refuse(layout.error);
  else await show(index, layout, state);
}

function refuse(told) {
  const main = document.getElementById("main");
  document.title = say("error_title");
  main.replaceChildren(failure(told));
  main.querySelector("[data-retry]").addEventListener("click", () => location.reload());
}

async function show(index, layout, state) {
  const { id, title } = layout.document, hits = await hitsIn(index, id, state), filler = chunkFiller(index, layout, hits.marked);
  document.title = `${title} · ${say("brand")}`;
  document.getElementById("main").replaceChildren(...readingView({ ...layout, leftOut: hits.leftOut }, hits.marked, state).filter(Boolean));
  labelButtons();
  const goWhereItIs = async (link) => {
    const { permalink } = await index.find(link);
    if (permalink) location.replace(`#${permalink}`);
    else history.replaceState(history.state, "", location.pathname + location.search);
  };
  if (location.hash && !named()) await goWhereItIs(decodeURIComponent(location.hash.slice(1)));
  await filler.reach(named());
  filler.follow();
  read({ cite: (link) => citationsOf(index, layout, link), goWhereItIs, reach: filler.reach });
  await filler.readOn();
}

/** The passage that the address names. */
const named = () => document.getElementById(decodeURIComponent(location.hash.slice(1)));

/** The best hits of the query in this document by ordinal; partial matches only where there are no better ones. */
async function hitsIn(index, id, state) {
  if (!state.q.trim()) return { marked: new Map(), leftOut: 0 };
  const alone = { ...new State({ q: state.q, filters: { document: [id] }, choices: { ...state.choices, collapse: "none", group: "none" } }).parameters(), limit: ASKED, facets: [] };
  const first = await index.search(alone);
  if (first.error) return { marked: new Map(), leftOut: 0 };
  const there = first.total || first.tiers.some, found = [...first.hits];
  for (let offset = ASKED; offset < Math.min(there, MARKED_HITS); offset += ASKED) found.push(...((await index.search({ ...alone, offset })).hits ?? []));
  const whole = found.filter(({ tier }) => tier !== "some"), best = whole.length ? whole : found;
  const ordinalOf = (passage) => Number(passage.id.split("-").at(-1));
  const marked = new Map([...best.flatMap(({ others }) => others), ...best].map((each) => [ordinalOf(each), each.highlights]));
  const inOrder = [...marked].filter(([, ranges]) => ranges.length).sort(([one], [other]) => one - other);
  return { marked: new Map(inOrder), leftOut: Math.max(0, there - best.length) };
}

/** Fills chunks with their texts. */
function chunkFiller(index, { document: { id }, passages: places }, marked) {
  const filling = new Map(), chunks = () => [...document.querySelectorAll(".chunk")];

  function filled(chunk) {
    if (!filling.has(chunk)) {
      filling.set(chunk, fillNow(chunk).catch((failed) => {
        filling.delete(chunk);
        throw failed;
      }));
    }
    return filling.get(chunk);
  }
  async function fillNow(chunk) {
    const start = Number(chunk.dataset.start), { passages, error: told } = await index.passages(id, start, Number(chunk.dataset.end));
    if (told) {
      document.getElementById("announce").textContent = told.message;
      return;
    }
    fill(chunk, passages, marked, places[start - 1]?.page ?? null);
  }

  return {
    /** A passage with its text, and what is around it. @param {Element | null} target */
    async reach(target) {
      const all = chunks(), at = Math.max(0, all.indexOf(target?.closest(".chunk"))), isThere = filling.has(all[at]);
      await Promise.all(all.slice(Math.max(0, at - 1), at + 2).map(filled));
      if (target && !isThere) location.replace(location.hash); // what is marked as the target is the passage as it is now
    },
    /** Read texts as they come near. */
    follow() {
      const observer = new IntersectionObserver((entries) => {
        for (const { target, isIntersecting } of entries) if (isIntersecting) filled(target);
      }, { rootMargin: NEAR });
      for (const chunk of chunks()) observer.observe(chunk);
    },
    /** One file after the other, so that what is asked for meanwhile does not wait. */
    async readOn() {
      for (const chunk of chunks().slice(0, UNASKED)) await filled(chunk);
    },
  };
}

/** What can be copied of a passage. @param {string} link its permalink */
async function citationsOf(index, layout, link) {
  const { id } = layout.document, url = new URL(documentAddress(id, null, link), location.href).href;
  const ordinal = layout.passages.findIndex(({ permalink }) => permalink === link);
  const { passages: [passage] } = await index.passages(id, ordinal, ordinal + 1);
  return { url, citations: { plain: cite(layout.document, passage) } };
}
