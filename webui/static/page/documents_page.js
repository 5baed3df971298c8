// No twin: a server renders this.
// All documents of a static export.

import { start } from "../js/main.js";
import { documentsView } from "./documents.js";
import { failure } from "./failure.js";
import { buildFrame } from "./frame.js";
import { openSite, serverOf } from "./site.js";
import { say } from "./words.js";

/** Make the page. */
export async function documentsPage() {
  const main = document.getElementById("main"), opening = openSite();
  buildFrame("", "other");
  document.title = `${say("all_documents")} · ${say("brand")}`;
  start(document, serverOf(() => opening));
  const { list, error } = await opening;
  main.replaceChildren(error ? failure(error) : documentsView(list));
  main.querySelector("[data-retry]")?.addEventListener("click", () => location.reload());
}
