// No twin: the served page comes rendered.
// The page of a static export: the search and its results, without a server.

import { start } from "../js/main.js";
import { buildFrame } from "./frame.js";
import { h } from "./dom.js";
import { failure } from "./failure.js";
import { openSite, pageOf, serverOf } from "./site.js";
import { State } from "./state.js";
import { speak } from "./words.js";

const main = document.getElementById("main");
let opening = openSite();

/** The export; one that could not be opened is tried again. */
async function siteOf() {
  const site = await opening;
  if (site.error) opening = openSite();
  return site;
}

await speak();
const address = location.pathname + location.search, state = State.read(new URLSearchParams(location.search));
const waiting = h("div", { id: "page", "aria-busy": "true" });
buildFrame(state.q, state.isBlank);
main.replaceChildren(waiting);
document.getElementById("unreachable").content.append(failure({ code: "index_unavailable", message: "检索用的文件取不到。", hint: "请检查网络，然后再试一次。" }));
const told = start(document, serverOf(siteOf));
const first = await pageOf(await siteOf(), address);
if (waiting.isConnected) {
  // nothing else was asked for meanwhile
  waiting.replaceWith(first);
  document.title = first.dataset.title;
  told();
}
main.addEventListener("click", ({ target }) => {
  if (target.closest("[data-view=error] [data-retry]")) location.reload();
});
