// Results that follow the form. The server renders; a part of the same address takes the place of what is shown.

import { latest } from "./latest.js";
import { keepFolds, swap } from "./swap.js";

const PART = { "X-Part": "page" };
const KEPT = 20;

/** The path below which this site stands, with its last slash: the search form leads there. @param {HTMLFormElement} form */
export const rootOf = (form) => form.getAttribute("action");

/** The address that a form asks for, empty fields left out. @param {HTMLFormElement} form */
export function addressOf(form) {
  const pairs = [...new FormData(form)].filter(([, value]) => value !== "");
  const query = new URLSearchParams(pairs);
  return query.size ? `${rootOf(form)}?${query}` : rootOf(form);
}

/**
 * @param {object} parts
 * @param {Element} parts.root holds `#page`
 * @param {HTMLInputElement} parts.input
 * @param {Element} parts.status a live region, outside of what is swapped
 * @param {HTMLTemplateElement} parts.unreachable what is shown when the server does not answer
 * @param {() => unknown} parts.shown is called when something else is shown
 * @param {import("./main.js").Server} parts.server
 */
export function liveResults({ root, input, status, unreachable, shown: told, server }) {
  const restoreFolds = keepFolds(root);
  const shown = new Map(); // address → part, so that going back is instant
  const page = () => root.querySelector("#page");
  const here = () => location.pathname + location.search;
  let current = here(); // the address that the page shows

  const get = latest(async (signal, address) => {
    const response = await server.fetch(address, { headers: PART, signal });
    return { text: await response.text(), ok: response.ok };
  });

  const busy = (on) => page()?.setAttribute("aria-busy", on);

  function keep(address, text) {
    shown.delete(address);
    shown.set(address, text);
    if (shown.size > KEPT) shown.delete(shown.keys().next().value);
  }

  function show(text) {
    const parsed = new DOMParser().parseFromString(text, "text/html").body;
    let fresh = parsed.querySelector("#page");
    if (!fresh) {
      fresh = Object.assign(document.createElement("div"), { id: "page" });
      fresh.append(...parsed.childNodes);
    }
    swap(page(), document.adoptNode(fresh), restoreFolds);
    if (fresh.dataset.title) document.title = fresh.dataset.title;
    status.textContent = fresh.dataset.said ?? fresh.querySelector("h1")?.textContent ?? "";
    told();
    return fresh;
  }

  function showUnreachable(address) {
    const fresh = Object.assign(document.createElement("div"), { id: "page" });
    fresh.append(unreachable.content.cloneNode(true));
    swap(page(), fresh, restoreFolds);
    fresh.querySelector("[data-retry]").addEventListener("click", () => load(address, "replace"));
  }

  /**
   * @param {string} address
   * @param {"push" | "replace" | "none"} how what becomes of the entry in the history
   * @returns {Promise<boolean>} whether this answer is shown
   */
  async function load(address, how) {
    busy(true);
    let answer;
    try {
      answer = await get(address);
    } catch {
      if (how === "push") record(address, how);
      showUnreachable(address);
      return true;
    }
    if (!answer) return false;
    const fresh = show(answer.text);
    const canonical = fresh.dataset.url ?? address;
    if (answer.ok) keep(canonical, answer.text);
    record(canonical, how);
    return true;
  }

  function record(address, how) {
    current = address;
    if (how === "none") return;
    if (how === "push" && address !== here()) {
      history.replaceState({ ...history.state, scroll: scrollY }, "");
      history.pushState({ live: true }, "", address);
    } else {
      history.replaceState({ ...history.state, live: true }, "", address);
    }
  }

  window.addEventListener("popstate", async ({ state }) => {
    const address = here();
    if (address === current) return; // a jump within the page
    current = address;
    input.value = new URLSearchParams(location.search).get("q") ?? "";
    const kept = shown.get(address);
    get.cancel();
    if (kept) show(kept);
    else await load(address, "none");
    scrollTo({ top: state?.scroll ?? 0, behavior: "instant" });
  });

  return { load, cancel: get.cancel };
}
