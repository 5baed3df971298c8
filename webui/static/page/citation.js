// Twin of indexer/citation/styles.py.
// How a passage is cited: 《题名》，第三章 第十二条.

/** @param {{work: string | null, title: string}} document */
export const titlesOf = ({ work, title }) => (work && !title.includes(work) ? [work, title] : [title]);

const oneLine = (text) => text.split(/\s+/).filter(Boolean).join(" ");

function inMarks(title) {
  const line = oneLine(title);
  if (line.startsWith("《") && line.endsWith("》") && line.split("《").length === 2) return line;
  return `《${line.replaceAll("《", "〈").replaceAll("》", "〉")}》`;
}

/** The pages of a passage: 3, or 3-4 where it goes on to another. */
export const pagesOf = ({ page, page_end: end }) => [page, end].filter(Boolean).join("-");

/** The plain citation of a passage of a document. */
export function cite(document, passage) {
  const page = passage.page ? [`第${pagesOf(passage)}页`] : [];
  const locator = [...passage.section.map(oneLine), ...page].filter(Boolean).join(" ");
  return [titlesOf(document).map(inMarks).join(""), locator].filter(Boolean).join("，");
}
