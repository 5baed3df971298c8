// A reader who follows a hit into a page of its site arrives at the paragraph. The browser goes there by itself, but scripts
// of a page (VitePress is one that does) scroll it elsewhere when they start, and older browsers know no text fragments.

const KEY = "xunzhang:arrival";
// Milliseconds after a page has loaded in which its scripts may still scroll it, and between two looks.
const SETTLING = 2_500, BETWEEN = 100;
const MOVES = ["wheel", "pointerdown", "keydown", "touchstart"];
const UNSEEN = "script, style, noscript, template";

/** Remember what a link leads to, until its page is there. @param {string | undefined} href */
export function depart(href) {
  const [, words] = (href ?? "").split(":~:text=");
  if (!words) return;
  try {
    sessionStorage.setItem(KEY, JSON.stringify({ path: new URL(href).pathname, words }));
  } catch { /* a page that may not store anything arrives as the browser does */ }
}

/** Where the reader comes from a hit, bring its paragraph into view, until the page rests or the reader moves. */
export function arrive() {
  let departed = null;
  try {
    departed = JSON.parse(sessionStorage.getItem(KEY));
    sessionStorage.removeItem(KEY);
  } catch { /* as above */ }
  if (departed?.path === location.pathname) keepInView(departed.words);
}

/** @param {string} words of a text fragment */
function keepInView(words) {
  const moved = new AbortController();
  const { signal } = moved;
  let element = null, end = Infinity;
  for (const name of MOVES) addEventListener(name, () => moved.abort(), { signal, passive: true });
  const loaded = () => (end = performance.now() + SETTLING);
  if (document.readyState === "complete") loaded();
  else addEventListener("load", loaded, { signal });
  (function look() {
    if (signal.aborted) return;
    if (!element?.isConnected) element = elementOf(words);
    if (element && !isInView(element)) element.scrollIntoView({ block: "center" });
    if (performance.now() < end) setTimeout(look, BETWEEN);
    else moved.abort();
  })();
}

function isInView(element) {
  const { top, bottom } = element.getBoundingClientRect();
  return bottom > 0 && top < innerHeight;
}

/** The element in which the words begin; it may have been made anew by scripts since it was last looked for. */
function elementOf(words) {
  const nodes = [];
  let text = "";
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (node.parentElement.closest(UNSEEN)) continue;
    nodes.push([text.length, node]);
    text += squeezed(node.data);
  }
  const at = positionOf(words, text);
  return at < 0 ? null : nodes.findLast(([start]) => start <= at)?.[1].parentElement;
}

/** Where in a squeezed text the words stand that a fragment leads to: `words`, `before-,words` or `since,words`. */
function positionOf(words, text) {
  const parts = words.split(",");
  const [found, first] = [parts.at(-1), parts.length > 1 ? parts[0] : ""].map((part) => squeezed(decodeURIComponent(part)));
  if (!first) return text.indexOf(found);
  if (parts[0].endsWith("-")) {
    const before = first.slice(0, -1), at = text.indexOf(before + found);
    return at < 0 ? at : at + before.length;
  }
  const since = text.indexOf(first);
  return since < 0 ? since : text.indexOf(found, since + first.length);
}

/** As Python's `squeezed`: without white space, what is invisible, case and width. */
function squeezed(text) {
  return text.normalize("NFKC").replace(/[\s\u200b-\u200d\u2060\ufeff\u00ad]+/g, "").toLowerCase();
}
