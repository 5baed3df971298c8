// Filters: the box that finds values in a long list. The server looks, so that it finds those not listed too.

import { latest } from "./latest.js";
import { onTyping } from "./typing.js";

const DELAY = 150;

const wired = new WeakSet();

/**
 * @param {HTMLFormElement} form beside the list; what is typed into it is looked for from now on
 * @param {Element} status a live region
 * @param {Record<string, string>} words `values_found` with `#` for their number, `find_failed`
 * @param {import("./main.js").Server} server
 */
export function findInFilters(form, status, words, server) {
  if (wired.has(form)) return;
  wired.add(form);
  const values = form.parentElement.querySelector("[data-values]");
  const all = [...values.childNodes];
  const get = latest(async (signal, address) => {
    const answer = await server.fetch(address, { headers: { "X-Part": "values" }, signal });
    if (!answer.ok) throw new Error(answer.statusText);
    return answer.text();
  });
  const failure = Object.assign(document.createElement("p"), { className: "meta failed", textContent: words.find_failed });
  const find = async (text) => {
    if (!text.trim()) {
      get.cancel();
      failure.remove();
      values.replaceChildren(...all);
      return;
    }
    try {
      const answer = await get(`${form.action}?${new URLSearchParams(new FormData(form))}`);
      if (answer === undefined) return; // more has been typed
      failure.remove();
      values.replaceChildren(...new DOMParser().parseFromString(answer, "text/html").querySelector("[data-values]").childNodes);
      status.textContent = words.values_found.replace("#", values.querySelectorAll("[type=checkbox]").length);
    } catch {
      values.before(failure); // the list stays: it holds what is chosen
      status.textContent = words.find_failed;
    }
  };
  const input = form.elements.find;
  onTyping(input, find, DELAY);
  if (input.value) find(input.value); // typed before this was loaded
}
