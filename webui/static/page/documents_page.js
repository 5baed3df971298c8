// No twin: a server renders this.
// All documents of a static export.

import { start } from "../js/main.js";
import { documentsView } from "./documents.js";
import { failure } from "./failure.js";
import { buildFrame } from "./frame.js";
import { openSite, serverOf } from "./site.js";
import { say, speak } from "./words.js";

const main = document.getElementById("main"), opening = openSite();
await speak();
buildFrame("", false);
start(document, serverOf(() => opening));
document.title = `${say("all_documents")} · ${say("brand")}`;
const { list, error } = await opening;
main.replaceChildren(error ? failure(error) : documentsView(list));
main.querySelector("[data-retry]")?.addEventListener("click", () => location.reload());
