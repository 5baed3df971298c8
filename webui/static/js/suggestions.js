// What the list under the box shows: what was searched and opened last while it is empty, else what the corpus has that begins so.

import { latest } from "./latest.js";
import { opened, searches } from "./recent.js";

/**
 * @param {ReturnType<import("./combobox.js").combobox>} list
 * @param {HTMLInputElement} input
 * @param {string} root path of the site, with its last slash
 * @param {Record<string, string>} words what kinds are called, `recent`, `opened`, `forget`
 * @param {import("./main.js").Server} server
 */
export function suggestions(list, input, root, words, server) {
  const get = latest(async (signal, text) => {
    const response = await server.fetch(`${root}api/v1/suggest?${new URLSearchParams({ q: text, limit: 7 })}`, { signal });
    return response.ok ? (await response.json()).suggestions : [];
  });

  function showRecent() {
    const found = searches.all().map((value) => ({ value, note: words.recent }));
    const documents = opened.all().map(({ text, address }) => ({ value: text, note: words.opened, href: address }));
    list.show([...found, ...documents], found.length + documents.length ? forgetButton() : undefined);
  }

  function forgetButton() {
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: words.forget });
    button.addEventListener("click", () => {
      searches.clear();
      opened.clear();
      list.close();
      input.focus();
    });
    return button;
  }

  /** A document opens, anything else is searched. */
  const optionOf = ({ text, kind, count, value }) => ({
    value: text,
    note: `${words[kind]} ${kind === "document" ? words.open : count}`,
    href: kind === "document" ? server.documentAddress(root, value) : undefined,
  });

  /** @param {string} text */
  async function follow(text) {
    if (!text.trim()) {
      get.cancel();
      showRecent();
      return;
    }
    const found = await get(text).catch(() => []);
    if (!found || input.value !== text || input.getRootNode().activeElement !== input) return;
    list.show(found.filter(({ text: value, kind }) => value !== text || kind === "document").map(optionOf));
  }

  input.addEventListener("focus", () => {
    if (!input.value) showRecent();
  });
  input.addEventListener("click", () => {
    if (!input.value && !list.isOpen()) showRecent();
  });
  return { follow, cancel: get.cancel };
}
