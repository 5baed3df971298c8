// The page's conveniences. Everything works without them; each module does one of them for a root it is given.

import { copyCitations } from "./clipboard.js";
import { combobox } from "./combobox.js";
import { unfoldContext } from "./context.js";
import { findInFilters } from "./filters.js";
import { addressOf, liveResults, rootOf } from "./live.js";
import { remember } from "./recent.js";
import { suggestions } from "./suggestions.js";
import { onTyping } from "./typing.js";

const DELAY = 120;

/** @param {Document} document */
function start(document) {
  const form = document.getElementById("search");
  const input = document.getElementById("q");
  slashFocuses(document, input);
  const words = JSON.parse(form.dataset.words);
  const live = document.getElementById("page") ? liveSearch(document, form, input) : null;
  const main = document.getElementById("main");
  unfoldContext(main);
  copyCitations(main, document.getElementById("announce"), words);
  const list = combobox(input, form, { label: words.suggestions }, () => form.requestSubmit());
  main.addEventListener("pointermove", () => list.close()); // it lies over the results that somebody goes to
  const source = suggestions(list, input, `${rootOf(form)}api/v1/suggest`, words);
  const forgetTyping = onTyping(input, (text) => {
    live?.typed();
    source.follow(text);
  }, DELAY);
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
}

/** Results that follow typing, choices and links. */
function liveSearch(document, form, input) {
  const main = document.getElementById("main");
  const results = liveResults({
    root: main,
    input,
    status: document.getElementById("announce"),
    unreachable: document.getElementById("unreachable"),
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

  findInFilters(main);
  main.addEventListener("change", ({ target }) => {
    if (target.form === form && target !== input) go(addressOf(form));
  });
  document.addEventListener("click", async (event) => {
    const link = event.target.closest?.("a[href]");
    if (!link || link.getAttribute("href").startsWith("#") || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    if (link.closest("article.hit") && link.pathname.startsWith(`${rootOf(form)}d/`)) remember(input.value);
    if (link.origin !== location.origin || link.pathname !== rootOf(form) || !link.search || link.search.includes("lang=")) return;
    event.preventDefault();
    link.closest("[popover]")?.hidePopover();
    input.value = new URLSearchParams(link.search).get("q") ?? "";
    const isOfPages = Boolean(link.closest(".pages"));
    await go(link.pathname + link.search);
    if (isOfPages) {
      scrollTo({ top: 0, behavior: "instant" });
      main.focus({ preventScroll: true });
    }
  });
  window.addEventListener("popstate", () => (typing = false));
  return { typed, submitted };
}

/** "/" goes to the search box, unless something is being typed or composed. */
function slashFocuses(document, input) {
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, select, textarea, [contenteditable]")) return;
    event.preventDefault();
    input.focus();
    input.select();
  });
}

start(document);
