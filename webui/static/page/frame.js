// Twin of webui/templates/base.html, webui/templates/ask.html.
// The head with its box, how to ask, and the foot.

import { h } from "./dom.js";
import { documentsAddress, home } from "./places.js";
import { inLanguage, language, LANGUAGES, say } from "./words.js";

// What scripts say, under the names that they know.
const SCRIPT_WORDS = [
  "suggestions", "recent", "opened", "open", "saved", "filters_kept", "forget_one", "forget", "heading", "topic", "document",
  "word", "copied", "copy_failed", "find_failed", "values_found",
];
const LANGUAGE_NAMES = { zh: ["zh-CN", "中文"], en: ["en", "English"] };
const WAYS_TO_ASK = ["words", "phrase", "or", "not", "near", "glob", "field", "year"];

// Where those go who skip the head: target and sentence.
const SKIPS = { home: [["main", "skip"]], results: [["hits", "skip_to_hits"], ["filters", "skip_to_filters"]], other: [["main", "skip"]] };

/** Put the frame around what is in `main`. @param {string} query @param {"home" | "results" | "other"} kind of page */
export function buildFrame(query, kind) {
  document.body.prepend(
    ...SKIPS[kind].map(([target, key]) => h("a", { class: "skip", href: `#${target}` }, say(key))),
    h("header", { class: "top" }, brand(), searchForm(query), languages(), askPanel()),
    h("p", { class: "hidden", id: "announce", role: "status" }),
  );
  document.body.append(foot(), unreachable());
  labelButtons();
  if (kind === "home") document.getElementById("q").focus({ preventScroll: true });
}

/** Let the buttons for colours and sizes say what is chosen. */
export const labelButtons = () => document.dispatchEvent(new Event("framed"));

const brand = () => h("a", { class: "brand", href: home },
  h("span", { class: "seal", "aria-hidden": "true" }, "寻章"),
  h("span", { class: "brand-name" }, say("brand"), h("small", {}, say("brand_note"))));

function searchForm(query) {
  const words = Object.fromEntries(SCRIPT_WORDS.map((word) => [word, say(`script_${word}`)]));
  return h("form", { class: "search", id: "search", role: "search", action: home, method: "get", "data-words": JSON.stringify(words) },
    h("label", { class: "hidden", for: "q" }, say("search_label")),
    h("div", { class: "box" },
      h("input", {
        id: "q", name: "q", type: "search", lang: "zh", value: query, placeholder: say("search_placeholder"),
        autocomplete: "off", autocapitalize: "off", spellcheck: "false", enterkeyhint: "search",
      }),
      h("button", { class: "ask", type: "button", popovertarget: "ask", "aria-label": say("help_title"), title: say("help_title") }, "?"),
      h("button", { class: "go", type: "submit" }, say("search_button"))));
}

/** The address in another language is that of the moment at which it is asked for. */
function languages() {
  const list = h("ul", { class: "languages", "aria-label": say("language_label") }, LANGUAGES.map((each) => {
    const [tag, name] = LANGUAGE_NAMES[each];
    return h("li", {}, each === language() ? h("span", { lang: tag, "aria-current": "true" }, name)
      : h("a", { href: inLanguage(each), lang: tag, hreflang: tag, "data-language": each }, name));
  }), h("li", {}, h("button", { class: "theme", type: "button", "data-words": say("theme_words") })));
  list.addEventListener("click", ({ target }) => {
    const link = target.closest("a[data-language]");
    if (link) link.href = inLanguage(link.dataset.language);
  }, true);
  return list;
}

const askPanel = () => h("div", { id: "ask", popover: "", class: "ask-panel" },
  h("h2", {}, say("help_title")),
  h("dl", {}, WAYS_TO_ASK.map((name) => [
    h("dt", {}, h("a", { href: home + "?" + new URLSearchParams({ q: say(`help_example_${name}`) }), lang: "zh" }, say(`help_example_${name}`))),
    h("dd", {}, say(`help_meaning_${name}`)),
  ])),
  h("p", { class: "meta" }, say("help_variants")));

const foot = () => h("footer", { class: "bottom" },
  h("p", {}, say("static_footer")),
  h("ul", {}, h("li", {}, h("a", { href: documentsAddress }, say("all_documents")))));

/** What is shown when nothing answers; a button of it asks again. */
const unreachable = () => h("template", { id: "unreachable" });
