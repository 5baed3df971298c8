// j and k from hit to hit, arrows once one has the focus; kept in the browser whether letters do that.

import { kept, KEYS } from "./recent.js";

const LETTERS = { j: 1, k: -1 };
const ARROWS = { ArrowDown: 1, ArrowUp: -1 };

/** Move as a key says. @param {Element} root holds the hits @param {KeyboardEvent} event */
export function moveByKey(root, event) {
  const links = [...root.querySelectorAll("article.hit > .path > a")];
  const at = links.findIndex((link) => link.closest("article").contains(document.activeElement));
  const by = kept(KEYS) !== "off" && LETTERS[event.key] ? LETTERS[event.key] : links[at] === document.activeElement ? ARROWS[event.key] : 0;
  if (!by || !links.length) return;
  event.preventDefault();
  goToHit(links[at + by] ?? (by > 0 ? root.querySelector("a[rel=next]") : root.querySelector("a[rel=prev]")));
}

/** @param {HTMLElement | null | undefined} link */
export function goToHit(link) {
  if (!link) return;
  link.focus({ preventScroll: true });
  (link.closest("article") ?? link).scrollIntoView({ block: "nearest" });
}
