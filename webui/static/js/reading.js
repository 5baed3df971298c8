// A document to read: the outline follows, hits are stepped through, passages are cited. All of it works without, by links.
import { write } from "./clipboard.js";
import { rootOf } from "./live.js";
import { keep, kept, KEYS, opened } from "./recent.js";

const LINE = 140; // pixels below the top of the window at which reading is
const SETTLING = 8; // times that a target is put in its place while chunks above it are laid out
const SHOWN = 2000; // milliseconds that a button says what it did

let words;
let announce;

/**
 * @typedef {object} Shelf where the document is from
 * @property {(id: string) => Promise<{url: string, citations: Record<string, string>}>} cite a passage by its link
 * @property {(id: string) => unknown} goWhereItIs a passage that stands elsewhere by now, by an old link
 * @property {(passage: Element | null) => unknown} reach see to it that a passage's text is there
 */

/** @type {Shelf} */
const server = {
  async cite(id) {
    const answer = await fetch(`${rootOf(document.getElementById("search"))}api/v1/cite?id=${encodeURIComponent(id.split(".")[0])}`);
    if (!answer.ok) throw new Error(answer.statusText);
    return answer.json();
  },
  goWhereItIs: (id) => location.replace(`${rootOf(document.getElementById("search"))}p/${id}`),
  reach: () => {},
};

/** @param {Shelf} shelf */
export function read(shelf) {
  words = JSON.parse(document.getElementById("reading-words").dataset.words);
  announce = document.getElementById("announce");
  addEventListener("hashchange", () => arrive(shelf));
  arrive(shelf);
  opened.add({ text: document.querySelector(".paper").dataset.title, address: location.pathname + ownParameters() });
  followOutline();
  stepThroughHits();
  citePassages(shelf);
}

/** What names the document in an address that does not name it in its path. */
function ownParameters() {
  const id = new URLSearchParams(location.search).get("id");
  return id ? `?id=${encodeURIComponent(id)}` : "";
}

/** @param {Shelf} shelf */
async function arrive(shelf) {
  const id = decodeURIComponent(location.hash.slice(1));
  if (/^[^-]+-\d{1,9}(\.[0-9a-f]+)?$/.test(id) && !document.getElementById(id)) await shelf.goWhereItIs(id);
  await shelf.reach(target());
  settle();
}

/** The passage that the address names. */
const target = () => document.getElementById(decodeURIComponent(location.hash.slice(1)));

/** @param {string} id of a passage; the address names it, and the browser goes there */
function goTo(id) {
  location.replace(`#${id}`);
}

/** What stands at the address's place stays there while the chunks above it find their true height. */
function settle() {
  const passage = target();
  if (!passage) return;
  let frames = SETTLING;
  let before = NaN;
  const leave = new AbortController();
  for (const kind of ["wheel", "touchstart", "keydown", "pointerdown"]) {
    addEventListener(kind, () => (frames = 0), { passive: true, signal: leave.signal });
  }
  function settle() {
    const { top } = passage.getBoundingClientRect();
    if (frames-- <= 0 || Math.abs(top - before) < 1) return leave.abort();
    passage.scrollIntoView({ behavior: "instant", block: "start" });
    before = passage.getBoundingClientRect().top;
    requestAnimationFrame(() => requestAnimationFrame(settle)); // by the second one all that came near is laid out
  }
  requestAnimationFrame(settle);
}

// ── the outline ────────────────────────────────────────────────────────────────────────────────────────────────────

function followOutline() {
  const outline = document.querySelector(".outline");
  if (!outline) return;
  const links = new Map([...outline.querySelectorAll("a")].map((link) => [link.hash.slice(1), link]));
  const near = new Set();
  let current;

  function show(id) {
    const link = links.get(id);
    if (link === current) return;
    current?.removeAttribute("aria-current");
    link?.setAttribute("aria-current", "location");
    current = link;
    if (link && outline.scrollHeight > outline.clientHeight) {
      const { top, bottom } = link.getBoundingClientRect();
      const frame = outline.getBoundingClientRect();
      if (top < frame.top + 40 || bottom > frame.bottom - 40) outline.scrollTop += top - frame.top - frame.height / 3;
    }
  }
  function follow() {
    const chunks = [...near].sort((a, b) => a.offsetTop - b.offsetTop);
    const chunk = chunks.findLast((each) => each.getBoundingClientRect().top <= LINE) ?? chunks[0];
    if (!chunk) return;
    const opened = [...chunk.querySelectorAll("[data-opens]")].filter((each) => each.getBoundingClientRect().top <= LINE);
    show(opened.at(-1)?.id ?? chunk.dataset.under ?? "");
  }
  let waiting = false;
  const soon = () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      follow();
    });
  };
  const observer = new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries) near[isIntersecting ? "add" : "delete"](target);
    soon();
  });
  for (const chunk of document.querySelectorAll(".chunk")) observer.observe(chunk);
  addEventListener("scroll", soon, { passive: true });
}

// ── hits ───────────────────────────────────────────────────────────────────────────────────────────────────────────

function stepThroughHits() {
  const stepper = document.querySelector(".stepper");
  if (!stepper) return;
  const hits = [...document.querySelectorAll("[data-hit]")].map(({ id }) => id);
  const number = stepper.querySelector("[data-number]");
  const keys = stepper.querySelector("[data-keys]");
  const ticks = new Map([...document.querySelectorAll(".rail a")].map((tick) => [tick.getAttribute("href").slice(1), tick]));
  let at = -1;

  function arrived() {
    const found = hits.findIndex((id) => id === decodeURIComponent(location.hash.slice(1)));
    ticks.get(hits[at])?.classList.remove("current");
    at = found;
    ticks.get(hits[at])?.classList.add("current");
    number.textContent = at < 0 ? "–" : String(at + 1);
    if (at >= 0) announce.textContent = words.step.replace("##", String(hits.length)).replace("#", String(at + 1));
  }
  function step(by) {
    goTo(hits[(nearest(by) + hits.length) % hits.length]);
    arrived(); // the event comes later, perhaps after the next key
  }
  /** The hit to go to: from the one at hand, else from where the window is. */
  function nearest(by) {
    if (at >= 0) return at + by;
    const below = hits.findIndex((id) => document.getElementById(id).getBoundingClientRect().top > 0);
    return by > 0 ? Math.max(below, 0) : (below < 0 ? hits.length : below) - 1;
  }
  stepper.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-step]");
    if (button) step(Number(button.dataset.step));
  });
  keys.checked = kept(KEYS) !== "off";
  keys.addEventListener("change", () => keep(KEYS, keys.checked ? "on" : "off"));
  document.addEventListener("keydown", (event) => {
    if (!keys.checked || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input:not([type=checkbox]), select, textarea, [contenteditable]")) return;
    const by = { n: 1, p: -1 }[event.key];
    if (by) step(by);
  });
  addEventListener("hashchange", arrived);
  arrived();
}

// ── citing ─────────────────────────────────────────────────────────────────────────────────────────────────────────

/** @param {Shelf} shelf */
function citePassages(shelf) {
  const menu = document.getElementById("cite-menu").content.firstElementChild;
  let opener;
  let cited;

  function close() {
    menu.remove();
    opener?.setAttribute("aria-expanded", "false");
    opener?.focus();
    opener = undefined;
  }
  document.querySelector(".prose").addEventListener("click", (event) => {
    const link = event.target.closest("a.here");
    if (!link || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    const same = link === opener;
    if (opener) close();
    if (same) return;
    opener = link;
    link.setAttribute("aria-expanded", "true");
    const id = link.closest("[id]").id;
    cited = shelf.cite(id);
    cited.catch(() => {}); // told when something is to be copied
    const similar = menu.querySelector("[data-similar]");
    if (similar) similar.href = `${similar.pathname}?like=${encodeURIComponent(id.split(".")[0])}`;
    (link.closest(".table") ?? link.closest("[id]")).after(menu);
    menu.querySelector("button").focus({ preventScroll: true });
  });
  menu.addEventListener("click", async ({ target }) => {
    const button = target.closest("button");
    if (!button) return;
    if ("close" in button.dataset) {
      close();
      return;
    }
    const { style } = button.dataset;
    const said = await Promise.resolve(cited)
      .then((found) => write(style === "url" ? found.url : found.citations[style]))
      .then(() => words.copied, () => words.copy_failed);
    announce.textContent = said;
    const label = (button.dataset.label ??= button.textContent);
    button.textContent = said;
    setTimeout(() => (button.textContent = label), SHOWN);
  });
  menu.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
  });
}

if (document.querySelector(".paper")) read(server); // an export makes its page first
