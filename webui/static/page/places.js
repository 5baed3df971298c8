// Twin of webui/urls/mount.py.
// Where the pages of an export lie: side by side in one folder, wherever that is.

const folder = new URL("../", import.meta.url);
const isHome = !/\/(read|documents)\.html$/.test(location.pathname);

/** The export's folder, as the engine takes it. */
export const base = folder.href;
/** The path of the page of results; as it was opened where it is this one, since not every host knows what a folder shows. */
export const home = isHome ? location.pathname : `${folder.pathname}index.html`;
/** The path of the list of all documents. */
export const documentsAddress = `${folder.pathname}documents.html`;

/** The address of a state's results. @param {import("./state.js").State} state */
export const resultsAddress = (state) => home + state.queryString();

/** The address of a document, with the hits of a state marked, at a passage. */
export function documentAddress(id, state = null, permalink = "") {
  const query = new URLSearchParams([["id", id], ...(state?.pairs() ?? [])]);
  return `${folder.pathname}read.html?${query}` + (permalink ? `#${permalink}` : "");
}
