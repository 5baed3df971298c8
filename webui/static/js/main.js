// The page's conveniences. Everything works without them. What not every visit uses is loaded when it is first wanted.

import { combobox } from "./combobox.js";
import { addressOf, liveResults, rootOf } from "./live.js";
import { filterSets, keep, kept, KEYS, opened, remember } from "./recent.js";
import { suggestions } from "./suggestions.js";
import { isComposing, onTyping } from "./typing.js";

const TYPED_INTO = "input:not([type=checkbox]), select, textarea, [contenteditable]";

/** Whether a click means nothing but the thing itself: no other tab, no download. @param {MouseEvent} event */
const isPlain = (event) => !(event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);

/**
 * @typedef {object} Server what answers
 * @property {typeof fetch} fetch
 * @property {(root: string, id: string) => string} documentAddress where a document is read
 */

/** @type {Server} */
const server = {
  fetch: (...asked) => fetch(...asked),
  documentAddress: (root, id) => `${root}d/${encodeURIComponent(id)}`,
};

/** @param {Document} document @param {Server} server @returns {() => unknown} to be called when others show another page */
export function start(document, server) {
  const form = document.getElementById("search");
  const input = document.getElementById("q");
  const main = document.getElementById("main");
  const status = document.getElementById("announce");
  const words = JSON.parse(form.dataset.words);
  const mine = () => {
    showTallest(main);
    return showMine(main, form, input, words);
  };
  const live = document.getElementById("page") ? liveSearch(document, form, input, mine, server) : null;
  actOnHits(main, status, words, mine, server);
  exploreLate(main, status, words, server);
  pressKeys(document, main, input);
  mine();
  const list = combobox(input, form, { label: words.suggestions }, (option) => option.href || form.requestSubmit());
  main.addEventListener("pointermove", () => list.close()); // it lies over the results that somebody goes to
  input.addEventListener("keydown", async (event) => {
    if (event.key !== "ArrowDown" || list.isOpen() || event.defaultPrevented || isComposing(event)) return;
    event.preventDefault();
    (await import("./keys.js")).goToHit(main.querySelector("article.hit > .path > a"));
  });
  const source = suggestions(list, input, rootOf(form), words, server);
  const forgetTyping = onTyping(input, (text) => {
    live?.typed();
    source.follow(text);
  });
  form.addEventListener("submit", (event) => {
    forgetTyping();
    source.cancel();
    list.close();
    remember(input.value);
    if (live) {
      event.preventDefault();
      live.submitted();
    }
  });
  return mine;
}

/** Results that follow typing, choices and links. @param {() => unknown} shown is called when others are shown */
function liveSearch(document, form, input, shown, server) {
  const main = document.getElementById("main");
  const results = liveResults({
    root: main,
    input,
    status: document.getElementById("announce"),
    unreachable: document.getElementById("unreachable"),
    shown,
    server,
  });
  let typing = false; // one burst of typing is one entry in the history

  async function typed() {
    const how = typing ? "replace" : "push";
    const isShown = await results.load(addressOf(form), how);
    if (!isShown) return;
    typing = true;
    scrollTo({ top: 0, behavior: "instant" });
  }

  async function submitted() {
    await results.load(addressOf(form), typing ? "replace" : "push");
    typing = false;
  }

  async function go(address) {
    typing = false;
    await results.load(address, "push");
  }

  main.addEventListener("change", ({ target }) => {
    if (target.form === form && target !== input) go(addressOf(form));
  });
  document.addEventListener("click", async (event) => {
    const link = event.target.closest?.("a[href]");
    if (!link || link.getAttribute("href").startsWith("#") || !isPlain(event)) return;
    const { pathname, search, origin } = new URL(link.href.baseVal ?? link.href, location.href); // a link in a drawing is no URL
    if (link.closest("article.hit") && pathname !== rootOf(form)) remember(input.value);
    if (origin !== location.origin || pathname !== rootOf(form) || !search || search.includes("lang=")) return;
    event.preventDefault();
    link.closest("[popover]")?.hidePopover();
    input.value = new URLSearchParams(search).get("q") ?? "";
    const isOfPages = Boolean(link.closest(".pages"));
    await go(pathname + search);
    if (isOfPages) {
      scrollTo({ top: 0, behavior: "instant" });
      main.focus({ preventScroll: true });
    }
  });
  window.addEventListener("popstate", () => (typing = false));
  return { typed, submitted };
}

/** A drawing that is wider than its place begins to be seen at its tallest bar. */
function showTallest(main) {
  const groups = main.querySelector(".map-groups");
  if (!groups || groups.scrollWidth <= groups.clientWidth) return;
  const heightOf = (bar) => bar.height.baseVal.value;
  const tallest = [...groups.querySelectorAll("rect.bar")].reduce((one, other) => (heightOf(other) > heightOf(one) ? other : one));
  groups.scrollLeft += tallest.getBoundingClientRect().left - groups.getBoundingClientRect().left - groups.clientWidth / 2;
}

/** What a person chose and kept; nothing is loaded for those who kept nothing. */
async function showMine(main, form, input, words) {
  const letters = main.querySelector("[data-keys-of-hits]");
  if (letters) letters.checked = kept(KEYS) !== "off";
  if (!main.querySelector("[data-mine]") || !(filterSets.all().length || opened.all().length)) return;
  (await import("./mine.js")).showMine(main, rootOf(form), input.value, words);
}

/** What can be done with a hit, and with the filters it was found by. */
function actOnHits(main, status, words, mine, server) {
  main.addEventListener("click", async (event) => {
    const link = event.target.closest?.("a[data-around]");
    if (link && isPlain(event)) {
      event.preventDefault();
      await import("./context.js").then(({ toggleContext }) => toggleContext(link, server), () => location.assign(link.href));
    }
    const copy = event.target.closest?.("button[data-copy]");
    if (copy) (await import("./clipboard.js")).copyCitation(copy, status, words);
    const save = event.target.closest?.("button[data-save]");
    if (save) {
      (await import("./mine.js")).saveFilters(save);
      status.textContent = save.textContent = words.saved;
      await mine();
    }
  });
}

/** The drawing, the years and the boxes that find values; each is loaded when a hand comes near. */
function exploreLate(main, status, words, server) {
  for (const kind of ["pointerover", "focusin"]) {
    main.addEventListener(kind, async ({ target }) => {
      const map = target.closest?.(".map");
      if (map) (await import("./map.js")).caption(map, target);
      const find = target.closest?.(".facets form.find");
      if (find) (await import("./filters.js")).findInFilters(find, status, words, server);
    });
  }
  for (const kind of ["input", "change"]) {
    main.addEventListener(kind, async ({ target }) => {
      const years = target.closest?.("[data-years]");
      if (years && target.type === "range") (await import("./years.js")).moveYears(years, kind === "change");
    });
  }
}

/** "/" goes to the search box, j and k from hit to hit, unless something is being typed or composed. */
function pressKeys(document, main, input) {
  document.addEventListener("keydown", async (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || event.target.closest(TYPED_INTO)) return;
    if (event.key === "/") {
      event.preventDefault();
      input.focus();
      input.select();
    } else if (/^(j|k|Arrow(Up|Down))$/.test(event.key) && main.querySelector("article.hit")) {
      if (event.key.length > 1 && !document.activeElement.matches("article.hit > .path > a")) return;
      if (event.key.length > 1) event.preventDefault(); // before the module is there
      (await import("./keys.js")).moveByKey(main, event);
    }
  });
  document.addEventListener("change", ({ target }) => {
    if (target.matches("[data-keys-of-hits]")) keep(KEYS, target.checked ? "on" : "off");
  });
}

if (document.getElementById("search")) start(document, server); // an export makes its page first
