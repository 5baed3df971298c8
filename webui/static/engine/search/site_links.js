// Twin of indexer/static_export/site_links.py.
// The address of a passage on the page that it stands on, in an export that lies in a built site.
import { characters } from "../analysis/characters.js";

/**
 * Seen from the folder of the export: the page, the nearest id on it, and a text fragment that stands on it once.
 *
 * @param {{site: {root: string, addresses: string[]}}} corpus
 * @param {number} document
 * @param {string} text of the passage
 * @param {[string?, number?, number?, string?, string?]} spot as Python's `Spot`: its anchor, a range of its text, what
 *   stands right before that, and what the fragment begins with where it begins in a passage before
 */
export function linkOf({ site: { root, addresses } }, document, text, [anchor = "", start = 0, end = 0, before = "", since = ""]) {
  const found = characters(text).slice(start, end).join("");
  const fragment = found && ":~:text=" + (before && `${quoted(before)}-,`) + (since && `${quoted(since)},`) + quoted(found);
  const page = addresses[document].split("/").map(encodeURIComponent).join("/");
  return `${root}${page}${anchor || fragment ? "#" : ""}${encodeURIComponent(anchor)}${fragment}`;
}

/** What stands in a fragment; a hyphen in it is part of its grammar. */
const quoted = (text) => encodeURIComponent(text).replaceAll("-", "%2D");
