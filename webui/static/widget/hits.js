// Hits as nodes. Texts stay texts: nothing a document says is ever read as markup.

/** @param {string} name @param {string} part also the class @param {(Node | string)[]} children */
export function make(name, part, ...children) {
  const element = document.createElement(name);
  element.className = element.part = part;
  element.append(...children);
  return element;
}

const mark = (text) => make("mark", "mark", text);

/** @param {string} text @param {[number, number][]} ranges code points, in order */
export function marked(text, ranges) {
  const characters = [...text];
  const nodes = [];
  let at = 0;
  for (const [start, end] of ranges) {
    nodes.push(characters.slice(at, start).join(""), mark(characters.slice(start, end).join("")));
    at = end;
  }
  return [...nodes, characters.slice(at).join("")];
}

/** The text around what was found. */
function snippetOf({ text, snippet: { start, end, parts } }) {
  const nodes = parts.map(([piece, isMarked]) => (isMarked ? mark(piece) : piece));
  return [start ? "…" : "", ...nodes, end < [...text].length ? "…" : ""];
}

/** A hit: its work where the title does not name it, title and headings, then its text. @returns {Node[]} */
export function hitNodes(hit, say) {
  const headings = hit.section.map((heading, at) => {
    const ranges = (hit.path_highlights ?? []).filter(([index]) => index === at).map(([, start, end]) => [start, end]);
    return make("span", "heading", ...marked(heading, ranges));
  });
  const { title, work } = hit.document;
  const titles = [make("span", "title", ...marked(title, hit.title_highlights ?? []))];
  if (work && !title.includes(work)) titles.unshift(make("span", "work", ...marked(work, hit.work_highlights ?? [])));
  const path = make("span", "path", ...[...titles, ...headings].flatMap((each, at) => (at ? [" › ", each] : [each])));
  const text = make("span", "text", ...snippetOf(hit));
  path.lang = text.lang = "zh";
  if (hit.tier === "some") path.append(make("span", "badge", say("partial")));
  return [path, text];
}

/** Show the whole passage in place of its snippet, or the snippet again. @param {Element} option @param {any} hit */
export function toggleWhole(option, hit) {
  const text = option.querySelector(".text");
  const whole = option.classList.toggle("whole");
  text.replaceChildren(...(whole ? marked(hit.text, hit.highlights) : snippetOf(hit)));
}
