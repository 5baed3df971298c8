// Twin of webui/templates/error.html.
// What went wrong and the way out.

import { h } from "./dom.js";
import { home } from "./places.js";
import { isSaid, language, LANGUAGES, say } from "./words.js";

/** What an error means, in the reader's language. @param {{code: string, message: string, hint: string}} error */
function told({ code, message, hint }) {
  if (language() === LANGUAGES[0]) return [message, hint];
  const key = isSaid(`static_${code}`) ? `static_${code}` : isSaid(`error_${code}`) ? `error_${code}` : "error_error";
  return [say(key), say(`${key}_hint`)];
}

/** @param {{code: string, message: string, hint: string}} error */
export function failure(error) {
  const [message, hint] = told(error);
  return h("section", { class: "error", role: "alert" }, h("h1", {}, message), h("p", {}, hint), h("ul", { class: "ways" },
    h("li", {}, h("button", { type: "button", "data-retry": true }, say("retry"))), h("li", {}, h("a", { href: home }, say("error_home")))));
}

/** The same as a page of results. @param {{code: string, message: string, hint: string}} error @param {string} address */
export const failurePage = (error, address) => h("div", { id: "page", "data-view": "error", "data-title": say("error_title"), "data-url": address, "data-said": told(error)[0] }, failure(error));
