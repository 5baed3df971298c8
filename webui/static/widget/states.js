// What stands below the hits, or instead of them: never nothing.

import { make } from "./hits.js";

/** @param {{entries: number, total: number, tiers: {some: number}}} answer */
function counted({ entries, total, tiers: { some } }, say) {
  if (!total) return say("only_some", { some });
  return say("found", { total: entries }) + (some ? say("some", { some }) : "");
}

/** One sentence for what is shown; none where nothing was asked. */
export function summaryOf({ answer, failure, waiting, parameters }, say) {
  if (failure) return failure.said || messageOf(failure, {}, say);
  if (waiting) return say(waiting);
  if (!answer) return undefined;
  return answer.hits.length ? counted(answer, say) : say("nothing", { q: parameters.q });
}

/** @param {any} shown @param {string | undefined} all the address of all results */
export function summaryNode(shown, all, say) {
  const { answer, waiting } = shown;
  const node = make("div", "summary", make("span", "count", summaryOf(shown, say)));
  if (!waiting) {
    for (const { message } of answer.warnings ?? []) node.append(Object.assign(make("span", "warning", message), { lang: "zh" }));
    if (all && answer.hits.length) node.append(Object.assign(make("a", "more", say("more")), { href: all }));
  }
  return node;
}

// A fault of our own has no code that there are words for.
const messageOf = ({ code }, values, say) => say(code, values) ?? say("refused");
const hintOf = ({ code }, values, say) => say(`${code}_hint`, values) ?? say("refused_hint");

/** Message and hint, each with the language it is in: servers and engines speak Chinese. */
function linesOf(failure, values, say) {
  const { said, hint } = failure;
  if (!said) return [[messageOf(failure, values, say)], [hintOf(failure, values, say)]];
  return say("html") === "en" ? [[say("refused")], [`${said}${hint}`, "zh"]] : [[said, "zh"], [hint, "zh"]];
}

/** @param {any} failure @param {Record<string, any>} values @param {() => unknown} retry */
export function failureNode(failure, values, say, retry) {
  const button = Object.assign(make("button", "retry", say("retry")), { type: "button" });
  button.addEventListener("click", retry);
  const [message, hint] = linesOf(failure, values, say).map(([text, lang = ""], at) =>
    Object.assign(make(at ? "p" : "strong", at ? "hint" : "message", text), lang && { lang }));
  return make("div", "failure", message, hint, button);
}
