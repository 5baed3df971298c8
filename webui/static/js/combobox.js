// An input with a list of options: the combobox pattern of ARIA 1.2. The focus stays in the input.

import { isComposing } from "./typing.js";

/**
 * @typedef {object} Option
 * @property {string} [value] what the input holds while the option is active; without one, what was typed stays
 * @property {string} [note] said beside the value
 * @property {string} [lang] of the value; Chinese unless told
 * @property {Node[]} [content] is shown instead of the value and its note
 * @property {string} [href] makes the option a link, so that it opens wherever the reader wants it
 *
 * @typedef {object} Settings
 * @property {string} label name of the list, for those who do not see it
 * @property {boolean} [stays] whether the list stays when the focus goes, and leaves Escape to what is around it
 *
 * @param {HTMLInputElement} input
 * @param {Element} parent the list becomes its child
 * @param {Settings} settings
 * @param {(option: Option, event: Event) => unknown} choose false keeps the list open
 */
export function combobox(input, parent, { label, stays = false }, choose) {
  const list = document.createElement("div");
  const box = document.createElement("div");
  const id = `${input.id || "q"}-options`;
  let active = -1;
  let typed = "";
  let shown = [];
  let footer = null;

  box.className = "combo";
  box.part = "panel";
  box.hidden = true;
  list.id = id;
  list.part = "list";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", label);
  box.append(list);
  parent.append(box);
  for (const [name, value] of Object.entries({
    role: "combobox", "aria-autocomplete": "list", "aria-haspopup": "listbox", "aria-controls": id, "aria-expanded": "false",
  })) input.setAttribute(name, value);

  const options = () => [...list.children];

  function close() {
    if (box.hidden) return;
    box.hidden = true;
    move(-1);
    input.setAttribute("aria-expanded", "false");
  }

  function move(to) {
    active = to;
    options().forEach((option, at) => {
      option.setAttribute("aria-selected", at === to);
      option.part.toggle("active", at === to);
    });
    const option = options()[to];
    if (option) {
      input.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else input.removeAttribute("aria-activedescendant");
  }

  /** Step through the list; the query as typed stands before the first and after the last. */
  function step(by) {
    const count = options().length + 1;
    const to = ((active + 1 + by + count) % count) - 1;
    move(to);
    input.value = shown[to]?.value ?? typed;
  }

  /** @param {Option[]} found @param {Node} [below] stands below the list, or alone where nothing is found */
  function show(found, below) {
    typed = input.value;
    shown = found;
    list.replaceChildren(...found.map(makeOption));
    list.hidden = !found.length;
    footer?.remove();
    footer = below;
    if (footer) box.append(footer);
    active = -1;
    input.removeAttribute("aria-activedescendant");
    box.hidden = !found.length && !footer;
    input.setAttribute("aria-expanded", String(found.length > 0));
  }

  function makeOption({ value, note, lang, content, href }, at) {
    const option = document.createElement(href ? "a" : "div");
    option.id = `${id}-${at}`;
    option.part = "option";
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    if (href) Object.assign(option, { href, tabIndex: -1 });
    if (value !== undefined) option.dataset.value = value;
    option.append(...(content ?? described(value, note, lang)));
    return option;
  }

  input.addEventListener("keydown", (event) => {
    if (isComposing(event) || box.hidden) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      step(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Escape" && !stays) {
      event.preventDefault();
      input.value = typed;
      close();
    } else if (event.key === "Enter" && active >= 0) {
      event.preventDefault();
      const { ctrlKey, metaKey, shiftKey } = event; // a link opens in a tab of its own with them
      options()[active].dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, ctrlKey, metaKey, shiftKey }));
    }
  });
  list.addEventListener("pointerdown", (event) => event.preventDefault()); // the focus stays in the input
  list.addEventListener("click", (event) => {
    const option = shown[options().indexOf(event.target.closest("[role=option]"))];
    if (!option) return;
    input.value = option.value ?? typed;
    if (choose(option, event) !== false) close();
  });
  parent.addEventListener("focusout", ({ relatedTarget }) => {
    if (!stays && !parent.contains(relatedTarget)) close();
  });
  return { show, close, step, isOpen: () => !box.hidden };
}

/** A value and its note, as nodes. */
function described(value, note, lang = "zh") {
  const text = Object.assign(document.createElement("span"), { textContent: value, lang });
  return note ? [text, " ", Object.assign(document.createElement("span"), { className: "meta", textContent: note })] : [text];
}
