// The widget's skeleton: a field, or a button and the dialog that it opens.

import { make } from "./hits.js";

const IS_APPLE = /Mac|iPhone|iPad/.test(navigator.platform);

/** Whether a key press is ⌘K, or Ctrl-K where there is no ⌘. @param {KeyboardEvent} event */
export function isHotkey({ key, metaKey, ctrlKey, altKey, shiftKey, isComposing }) {
  return key.toLowerCase() === "k" && (IS_APPLE ? metaKey : ctrlKey) && !altKey && !shiftKey && !isComposing;
}

/** What is typed here is no shortcut of the host page, which cannot see that it goes into an input. */
function keepToItself(field) {
  for (const name of ["keydown", "keypress", "keyup"]) {
    field.addEventListener(name, (event) => {
      if (event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey) event.stopPropagation();
    });
  }
}

/** @param {(key: string) => string} say @param {string | null} placeholder */
function makeField(say, placeholder) {
  const label = Object.assign(make("label", "hidden", say("label")), { htmlFor: "q" });
  const input = Object.assign(make("input", "input"), {
    id: "q", name: "q", type: "search", lang: "zh", placeholder: placeholder ?? say("placeholder"), maxLength: 1000,
    autocomplete: "off", autocapitalize: "off", spellcheck: false, enterKeyHint: "search",
  });
  const status = make("p", "hidden");
  const field = make("div", "search", label, input, status);
  status.setAttribute("role", "status");
  field.setAttribute("role", "search");
  field.setAttribute("aria-label", say("dialog"));
  keepToItself(field);
  return { field, input, status };
}

/** @param {(key: string) => string} say @param {HTMLElement} field */
function makeDialog(say, field) {
  const key = make("kbd", "key", IS_APPLE ? "⌘K" : "Ctrl K");
  const trigger = Object.assign(make("button", "trigger", make("span", "trigger-text", say("trigger")), key), { type: "button" });
  const end = Object.assign(make("button", "close", "×"), { type: "button" });
  const keys = make("p", "keys", say("keys"));
  const dialog = make("dialog", "dialog", field, keys);
  field.querySelector("input").after(end);
  end.setAttribute("aria-label", say("close"));
  trigger.setAttribute("aria-haspopup", "dialog");
  dialog.setAttribute("aria-label", say("dialog"));
  trigger.addEventListener("click", () => dialog.showModal());
  end.addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", ({ target }) => target === dialog && dialog.close()); // beside what it holds
  return { trigger, dialog };
}

/**
 * @param {(key: string) => string} say
 * @param {boolean} isDialog
 * @param {string | null} placeholder
 */
export function makeBox(say, isDialog, placeholder) {
  const parts = makeField(say, placeholder);
  const frame = isDialog ? makeDialog(say, parts.field) : {};
  const root = make("div", "root", ...(isDialog ? [frame.trigger, frame.dialog] : [parts.field]));
  root.lang = say("html");
  return { root, ...parts, ...frame };
}
