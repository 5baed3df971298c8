// Twin of webui/pages/document.py, webui/pages/document_hits.py.
// A document of a static export to read: its texts are read as they come near, then, if they are not too many, all of them.

import { start } from "../js/main.js";
import { read } from "../js/reading.js";
import { cite } from "./citation.js";
import { failure } from "./failure.js";
import { buildFrame } from "./frame.js";
import { documentAddress } from "./places.js";
import { fill, readingView } from "./reading.js";
import { openSite, serverOf } from "./site.js";
import { State } from "./state.js";
import { say, speak } from "./words.js";

// Hits marked in a document, and those of one question.
const MARKED_HITS = 500, ASKED = 100;
// Files of texts that are read without being asked for, so that a page can be searched and printed whole; about 2.5 kB each.
const UNASKED = 200;
// Windows above and below that texts are read for.
const NEAR = "150%";

const main = document.getElementById("main");
const parameters = new URLSearchParams(location.search);
const id = parameters.get("id") ?? "", state = State.read(parameters);
const opening = openSite();

await speak();
buildFrame(state.q, false);
start(document, serverOf(() => opening));
const { index, error } = await opening;
const layout = error ? { error } : await index.layout(id);
if (layout.error) refuse(layout.error);
else await show();

function refuse(told) {
  document.title = say("error_title");
  main.replaceChildren(failure(told));
  main.querySelector("[data-retry]").addEventListener("click", () => location.reload());
}

async function show() {
  document.title = `${layout.document.title} · ${say("brand")}`;
  const hits = await hitsIn();
  const filler = chunkFiller(hits);
  main.replaceChildren(...readingView({ ...layout, leftOut: hits.leftOut }, hits.marked, state).filter(Boolean));
  const target = await arrived();
  await filler.reach(target);
  filler.follow();
  read({ cite: citationsOf, goWhereItIs, reach: filler.reach });
  filler.readOn();
}

/** The best hits of the query in this document by ordinal; partial matches only where there are no better ones. */
async function hitsIn() {
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

/** The passage that the address names, by the link it has by now; the address follows. */
async function arrived() {
  const link = decodeURIComponent(location.hash.slice(1));
  if (!link.startsWith(`${id}-`)) return null;
  if (!document.getElementById(link)) await goWhereItIs(link);
  return document.getElementById(decodeURIComponent(location.hash.slice(1)));
}

async function goWhereItIs(link) {
  const { permalink } = await index.find(link);
  history.replaceState(history.state, "", permalink ? `#${permalink}` : location.pathname + location.search);
}

/** Fills chunks with their texts. */
function chunkFiller({ marked }) {
  const filling = new Map();

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
    const before = layout.passages[start - 1]?.page ?? null;
    fill(chunk, passages, marked, before);
  }

  const chunks = () => [...document.querySelectorAll(".chunk")];

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
async function citationsOf(link) {
  const url = new URL(documentAddress(id, null, link), location.href).href;
  const ordinal = layout.passages.findIndex(({ permalink }) => permalink === link);
  const { passages: [passage] } = await index.passages(id, ordinal, ordinal + 1);
  return { url, citations: { plain: cite(layout.document, passage) } };
}
