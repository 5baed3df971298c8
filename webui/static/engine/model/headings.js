// Twin of indexer/model/headings.py.
// Heading paths ↔ the text that stands for them in filters and URLs.

export const sectionValue = (path) =>
  path.map((heading) => heading.replaceAll("\\", "\\\\").replaceAll("/", "\\/")).join("/");

export function sectionPath(value) {
  if (!value) return [];
  const headings = [""];
  for (let at = 0; at < value.length; at++) {
    if (value[at] === "/") headings.push("");
    else {
      if (value[at] === "\\" && at + 1 < value.length && value[at + 1] !== "\n") at++;
      headings[headings.length - 1] += value[at];
    }
  }
  return headings;
}
