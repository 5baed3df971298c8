// Copies a hit's text with its citation.

const SHOWN = 2000; // milliseconds that a button says what it did

/**
 * @param {HTMLButtonElement} button `[data-copy]` of a hit
 * @param {Element} status a live region
 * @param {{copied: string, copy_failed: string}} words
 */
export async function copyCitation(button, status, words) {
  const said = await write(`${textOf(button.closest("article"))}\n${button.dataset.copy}`).then(
    () => words.copied,
    () => words.copy_failed,
  );
  status.textContent = said;
  const label = (button.dataset.label ??= button.textContent);
  button.textContent = said;
  setTimeout(() => (button.textContent = label), SHOWN);
}

/** The whole passage of a hit. @param {Element} hit */
export function textOf(hit) {
  return (hit.querySelector(".whole .text") ?? hit.querySelector(":scope > .text:not(.neighbour)")).textContent.trim();
}

/** Without a secure context (plain http to another machine) there is only the old way. @param {string} text */
export async function write(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const area = Object.assign(document.createElement("textarea"), { value: text });
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  if (!done) throw new Error("copy");
}
