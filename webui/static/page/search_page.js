// No twin: a server renders this.
// The search of a static export and its results.

import { start } from "../js/main.js";
import { buildFrame } from "./frame.js";
import { h } from "./dom.js";
import { failure } from "./failure.js";
import { openSite, pageOf, serverOf } from "./site.js";
import { State } from "./state.js";
import { say } from "./words.js";

/** Make the page. */
export async function searchPage() {
  const main = document.getElementById("main"), siteOf = siteOpener();
  const address = location.pathname + location.search, state = State.read(new URLSearchParams(location.search));
  const waiting = h("div", { id: "page", "aria-busy": "true" });
  buildFrame(state.q, state.isBlank ? "home" : "results");
  main.replaceChildren(waiting);
  document.getElementById("unreachable").content.append(failure({ code: "index_unavailable", message: "检索用的文件取不到。", hint: "请检查网络，然后再试一次。" }));
  main.addEventListener("click", ({ target }) => {
    if (target.closest("[data-view=error] [data-retry]")) location.reload();
  });
  main.addEventListener("click", ({ target }) => takeAway(target, main, siteOf));
  const told = start(document, serverOf(siteOf));
  const first = await pageOf(await siteOf(), address);
  if (!waiting.isConnected) return; // something else was asked for meanwhile
  waiting.replaceWith(first);
  document.title = first.dataset.title;
  told();
}

/** Make a table of the hits that are shown: a file, or one to compare documents by. */
async function takeAway(target, main, siteOf) {
  const button = target.closest("[data-csv], [data-compare]");
  if (!button) return;
  const { index } = await siteOf(), state = State.read(new URLSearchParams(location.search)).at(0);
  button.disabled = true;
  try {
    if (button.hasAttribute("data-csv")) await (await import("./csv.js")).saveCsv(index, state, say);
    else {
      const table = await (await import("./compare.js")).comparison(index, state, say);
      document.getElementById("page").replaceChildren(table);
      scrollTo({ top: 0, behavior: "instant" });
      table.focus({ preventScroll: true });
    }
  } catch (error) {
    document.getElementById("announce").textContent = error.message;
  } finally {
    button.disabled = false;
  }
}

/** What gives the export; one that could not be opened is tried again. */
function siteOpener() {
  let opening = openSite();
  return async () => {
    const site = await opening;
    if (site.error) opening = openSite();
    return site;
  };
}
