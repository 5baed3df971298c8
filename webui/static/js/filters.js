// Filters: the box that finds values in a long list. The server looks, so that it finds those not listed too.

import { latest } from "./latest.js";
import { onTyping } from "./typing.js";

const DELAY = 150;

/** @param {Element} root listens for all lists in it, now and later */
export function findInFilters(root) {
  const wired = new WeakSet();
  root.addEventListener("focusin", ({ target }) => {
    const form = target.closest?.("form.find");
    if (!form || wired.has(form)) return;
    wired.add(form);
    const values = form.parentElement.querySelector("[data-values]");
    const all = [...values.childNodes];
    const get = latest(async (signal, address) => (await fetch(address, { headers: { "X-Part": "values" }, signal })).text());
    onTyping(
      target,
      async (text) => {
        if (!text.trim()) {
          get.cancel();
          values.replaceChildren(...all);
          return;
        }
        const answer = await get(`${form.action}?${new URLSearchParams(new FormData(form))}`).catch(() => undefined);
        const found = answer && new DOMParser().parseFromString(answer, "text/html").querySelector("[data-values]");
        if (found) values.replaceChildren(...found.childNodes);
      },
      DELAY,
    );
  });
}
