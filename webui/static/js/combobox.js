// An input with a list of suggestions: the combobox pattern of ARIA 1.2. The focus stays in the input.

import { isComposing } from "./typing.js";

/**
 * @typedef {{value: string, note?: string, lang?: string}} Option
 * @typedef {object} Words what is said for those who do not see the list
 * @property {string} label name of the list
 *
 * @param {HTMLInputElement} input
 * @param {Element} place the list becomes its child
 * @param {Words} words
 * @param {(value: string) => void} choose
 */
export function combobox(input, place, words, choose) {
  const list = document.createElement("ul");
  const box = document.createElement("div");
  const id = `${input.id || "q"}-options`;
  let active = -1;
  let typed = "";
  let footer = null;

  box.className = "combo";
  box.hidden = true;
  list.id = id;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", words.label);
  box.append(list);
  place.append(box);
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
    options().forEach((option, at) => option.setAttribute("aria-selected", at === to));
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
    input.value = to < 0 ? typed : options()[to].dataset.value;
  }

  function take(value) {
    close();
    input.value = value;
    choose(value);
  }

  /** @param {Option[]} found @param {{label: string, act: () => void}} [action] a button below the list */
  function show(found, action) {
    typed = input.value;
    list.replaceChildren(...found.map(makeOption));
    footer?.remove();
    footer = action ? makeButton(action) : null;
    if (footer) box.append(footer);
    active = -1;
    input.removeAttribute("aria-activedescendant");
    box.hidden = !found.length;
    input.setAttribute("aria-expanded", String(!box.hidden));
  }

  function makeOption({ value, note, lang }, at) {
    const option = document.createElement("li");
    option.id = `${id}-${at}`;
    option.dataset.value = value;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    const text = document.createElement("span");
    text.textContent = value;
    text.lang = lang ?? "zh";
    option.append(text);
    if (note) option.append(" ", Object.assign(document.createElement("span"), { className: "meta", textContent: note }));
    return option;
  }

  function makeButton({ label, act }) {
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: label });
    button.addEventListener("click", () => {
      act();
      close();
      input.focus();
    });
    return button;
  }

  input.addEventListener("keydown", (event) => {
    if (isComposing(event) || box.hidden) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      step(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Escape") {
      event.preventDefault();
      input.value = typed;
      close();
    } else if (event.key === "Enter" && active >= 0) {
      event.preventDefault();
      take(options()[active].dataset.value);
    }
  });
  list.addEventListener("pointerdown", (event) => event.preventDefault()); // the focus stays in the input
  list.addEventListener("click", ({ target }) => {
    const option = target.closest("[role=option]");
    if (option) take(option.dataset.value);
  });
  place.addEventListener("focusout", ({ relatedTarget }) => {
    if (!place.contains(relatedTarget)) close();
  });
  return { show, close, isOpen: () => !box.hidden };
}
