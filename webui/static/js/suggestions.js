// What the list under the box shows: recent searches while it is empty, else what the corpus has that begins so.

import { latest } from "./latest.js";
import { forget, recent } from "./recent.js";

/**
 * @param {ReturnType<import("./combobox.js").combobox>} list
 * @param {HTMLInputElement} input
 * @param {string} address of the suggestions: `…/api/v1/suggest`
 * @param {Record<string, string>} words what kinds are called, `recent`, `forget`
 */
export function suggestions(list, input, address, words) {
  const get = latest(async (signal, text) => {
    const response = await fetch(`${address}?${new URLSearchParams({ q: text, limit: 7 })}`, { signal });
    return response.ok ? (await response.json()).suggestions : [];
  });

  function showRecent() {
    const found = recent().map((value) => ({ value, note: words.recent }));
    list.show(found, found.length ? forgetButton() : undefined);
  }

  function forgetButton() {
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: words.forget });
    button.addEventListener("click", () => {
      forget();
      list.close();
      input.focus();
    });
    return button;
  }

  /** @param {string} text */
  async function follow(text) {
    if (!text.trim()) {
      get.cancel();
      showRecent();
      return;
    }
    const found = await get(text).catch(() => []);
    if (!found || input.value !== text || input.getRootNode().activeElement !== input) return;
    const others = found.filter(({ text: value }) => value !== text);
    list.show(others.map(({ text: value, kind, count }) => ({ value, note: `${words[kind]} ${count}` })));
  }

  input.addEventListener("focus", () => {
    if (!input.value) showRecent();
  });
  input.addEventListener("click", () => {
    if (!input.value && !list.isOpen()) showRecent();
  });
  return { follow, cancel: get.cancel };
}
