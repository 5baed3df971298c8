// Replaces a part of the page; what the user unfolded stays unfolded, and the focus stays on the same thing.

const FOCUSABLE = "input:not([type=hidden]), select, summary, a[href], button";

/** What makes an element the same after the swap. @param {Element} element */
function identity(element) {
  const holder = element.closest("[data-fold], [data-passage-id]");
  const inside = holder ? holder.dataset.fold ?? holder.dataset.passageId : "";
  const own = element.getAttribute("name") ?? element.getAttribute("aria-label") ?? element.textContent;
  return [element.localName, inside, own, element.localName === "input" ? element.value : ""].join("\n");
}

/** Remember folds as the user leaves them. @param {Element} root @returns {(within: Element) => void} restore them */
export function keepFolds(root) {
  const folds = new Map();
  root.addEventListener(
    "click",
    ({ target }) => {
      const fold = target instanceof Element && target.closest("summary")?.parentElement;
      if (fold?.dataset.fold) folds.set(fold.dataset.fold, !fold.open); // as it will be after this click
    },
    true,
  );
  return (within) => {
    for (const fold of within.querySelectorAll("details[data-fold]")) {
      const open = folds.get(fold.dataset.fold);
      if (open !== undefined) fold.open = open;
    }
  };
}

/**
 * @param {Element} old
 * @param {Element} fresh takes its place
 * @param {(within: Element) => void} restoreFolds
 */
export function swap(old, fresh, restoreFolds) {
  const active = old.getRootNode().activeElement;
  const wanted = active && old.contains(active) ? identity(active) : "";
  restoreFolds(fresh);
  old.replaceWith(fresh);
  if (!wanted) return;
  const same = [...fresh.querySelectorAll(FOCUSABLE)].find((element) => identity(element) === wanted);
  if (same) same.focus({ preventScroll: true });
  else fresh.closest("[tabindex]")?.focus({ preventScroll: true }); // never lost to the top of the document
}
