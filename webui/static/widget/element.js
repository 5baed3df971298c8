// <xunzhang-search src="…">: a search box in any page, on a server of Xunzhang or on a static export of one.

import { combobox } from "../js/combobox.js";
import { latest } from "../js/latest.js";
import { isComposing, onTyping } from "../js/typing.js";
import { arrive, depart } from "./arrival.js";
import { isHotkey, makeBox } from "./box.js";
import { hitNodes, toggleWhole } from "./hits.js";
import { linkFrom } from "./links.js";
import { Site } from "./sources.js";
import { failureNode, summaryNode, summaryOf } from "./states.js";
import { sheet } from "./style.js";
import { wordsFor } from "./words.js";

const FILTERS = ["section", "topic", "document", "tag", "kind", "year", "work", "field", "path", "type", "match"];
const ATTRIBUTES = ["src", "mode", "placeholder", "limit", "timeout", "link", "theme", ...FILTERS];
// Where this script was loaded from: a server's root, or an export's folder.
const HOME = new URL(".", import.meta.url).href;
// Milliseconds until a search is said to run, is said to be slow, and is given up.
const LOADING = 200, WAITING = 2_500, PATIENCE = 10_000;
// Pixels between the list and the window's end.
const EDGE = 12;

export class XunzhangSearch extends HTMLElement {
  static observedAttributes = ["src", "mode", "placeholder", "lang"];
  /** For a server that asks for one. No attribute: it is no part of the document. @type {string | undefined} */
  token = this.token; // set before the script had come

  #root = this.attachShadow({ mode: "open" });
  #site = null; // what `src` names
  #box = null;
  #list = null;
  #say = null;
  #shown = {}; // {answer, parameters} or {failure, parameters}, and {waiting} beside either
  #forgetTyping = () => {};
  #get = latest((signal, parameters) => {
    if (this.#site?.token !== this.token) this.#site = null;
    this.#site ??= new Site(this.src ?? HOME, this.token);
    return this.#site.search(parameters, this.#number("timeout", PATIENCE), signal);
  });
  #onKey = (event) => {
    if (!this.#box.dialog || event.defaultPrevented || !isHotkey(event)) return;
    event.preventDefault();
    if (this.#box.dialog.open) this.close();
    else this.open();
  };

  connectedCallback() {
    this.#root.adoptedStyleSheets = [sheet()];
    for (const name of ATTRIBUTES.filter((each) => Object.hasOwn(this, each))) {
      const value = this[name]; // set before the script had come
      delete this[name];
      this[name] = value;
    }
    this.#build();
    document.addEventListener("keydown", this.#onKey);
  }

  disconnectedCallback() {
    document.removeEventListener("keydown", this.#onKey);
    this.#forgetTyping();
    this.#get.cancel();
  }

  attributeChangedCallback(name, before, after) {
    if (!this.#box || before === after) return;
    if (name === "src") {
      this.#site = null;
      this.#shown = {};
    }
    this.#build();
  }

  /** Show the dialog, or put the cursor into the field. */
  open() {
    if (!this.isConnected) return;
    const { dialog, input } = this.#box;
    if (dialog && !dialog.open) dialog.showModal();
    input.focus();
    input.select();
  }

  /** Close the dialog, or the list below the field. */
  close() {
    if (!this.isConnected) return;
    if (this.#box.dialog) this.#box.dialog.close();
    else this.#list.close();
  }

  /** Ask, as if it had been typed. @param {string} query */
  async search(query) {
    if (!this.isConnected) return;
    this.open();
    this.#box.input.value = query;
    await this.#ask(query);
  }

  #build() {
    const query = this.#box?.input.value ?? "";
    const wasOpen = this.#box?.dialog?.open;
    const isDialog = this.mode === "dialog";
    this.#forgetTyping();
    this.#say = wordsFor(this);
    const { root, input, field, dialog } = (this.#box = makeBox(this.#say, isDialog, this.placeholder));
    input.value = query;
    this.#root.replaceChildren(root);
    this.#list = combobox(input, field, { label: this.#say("list"), stays: isDialog }, (...chosen) => this.#choose(...chosen));
    this.#forgetTyping = onTyping(input, (text) => this.#ask(text));
    input.addEventListener("keydown", (event) => this.#pressed(event));
    for (const name of ["focus", "click"]) input.addEventListener(name, () => this.#list.isOpen() || this.#draw());
    if (wasOpen && dialog) this.open();
  }

  /** Keys that the list has left. */
  #pressed(event) {
    if (isComposing(event) || event.defaultPrevented) return;
    const { input, dialog } = this.#box;
    if (event.key === "Enter") {
      this.#forgetTyping();
      if (this.#shown.answer && this.#shown.parameters.q === input.value.trim()) this.#list.step(1);
      else this.#ask(input.value);
    } else if (event.key === "ArrowDown" && !this.#list.isOpen()) {
      event.preventDefault();
      this.#draw();
    } else if (event.key === "Escape" && dialog) {
      event.preventDefault(); // a search field would empty itself instead
      this.close();
    }
  }

  #number(name, otherwise) {
    const value = Number.parseInt(this[name], 10);
    return value > 0 ? value : otherwise;
  }

  #parameters(q) {
    const parameters = { q, limit: Math.min(this.#number("limit", 8), 50) };
    for (const name of FILTERS) {
      const values = (this[name] ?? "").split("\n").map((value) => value.trim()).filter(Boolean);
      if (values.length) parameters[name] = name === "match" ? values[0] : values;
    }
    return parameters;
  }

  async #ask(text) {
    const q = text.trim();
    if (!q) {
      this.#get.cancel();
      this.#show({});
      return;
    }
    const parameters = this.#parameters(q);
    const timers = [["loading", LOADING], ["waiting", WAITING]].map(([waiting, after]) =>
      setTimeout(() => this.#show({ ...this.#shown, failure: undefined, waiting }), after));
    try {
      const answer = await this.#get(parameters);
      if (!answer) return; // a later one has taken over
      this.#show({ answer, parameters });
      this.#tell("results", answer);
    } catch (failure) {
      this.#show({ failure, parameters });
      this.#tell("error", { code: failure.code ?? "error", message: summaryOf(this.#shown, this.#say) });
    } finally {
      timers.forEach(clearTimeout);
    }
  }

  #tell(name, detail, cancelable = false) {
    return this.dispatchEvent(new CustomEvent(`xunzhang:${name}`, { detail, cancelable, bubbles: true, composed: true }));
  }

  #show(shown) {
    this.#shown = shown;
    this.#box.status.textContent = summaryOf(shown, this.#say) ?? "";
    this.#draw();
  }

  /** Draw what is known, unless the reader has gone elsewhere. */
  #draw() {
    const { field, dialog } = this.#box;
    if (!dialog?.open && !field.contains(this.#root.activeElement)) return;
    const { answer, failure, waiting } = this.#shown;
    field.setAttribute("aria-busy", String(Boolean(waiting)));
    if (failure) this.#list.show([], failureNode(failure, this.#values(), this.#say, () => this.#retry()));
    else this.#list.show(this.#options(), answer || waiting ? summaryNode(this.#shown, this.#all(), this.#say) : undefined);
    this.#fit();
  }

  #options() {
    const { answer, parameters } = this.#shown;
    return (answer?.hits ?? []).map((hit) => ({
      hit,
      href: this.link ? linkFrom(this.link, hit, parameters.q) : this.#site.source?.linkOf(hit, parameters),
      content: hitNodes(hit, this.#say),
    }));
  }

  #all() {
    return this.#shown.answer && this.#site.source?.all(this.#shown.parameters);
  }

  /** What the sentences about a failure name. */
  #values() {
    const base = this.#site?.base;
    return { base: base?.href ?? this.src, at: base?.origin, origin: location.origin };
  }

  #retry() {
    this.#box.input.focus();
    return this.#ask(this.#box.input.value);
  }

  /** Where there is no room to the right, the list ends where the field does; it ends where the window does. */
  #fit() {
    if (this.#box.dialog) return;
    const panel = this.#box.field.querySelector(".combo");
    panel.classList.remove("from-end");
    const { right, top } = panel.getBoundingClientRect();
    panel.classList.toggle("from-end", right > document.documentElement.clientWidth);
    const room = (visualViewport?.height ?? innerHeight) - top - EDGE;
    panel.style.maxBlockSize = `clamp(12rem, ${room}px, 36rem)`;
  }

  #choose({ hit, href }, event) {
    if (!this.#tell("select", { ...hit, href }, true)) event.preventDefault(); // the host page goes there itself
    else if (!href) {
      toggleWhole(event.target.closest("[role=option]"), hit);
      return false;
    } else if (event.ctrlKey || event.metaKey || event.shiftKey) return false; // another tab or window
    else depart(href);
    this.close();
    return undefined;
  }
}

for (const name of ATTRIBUTES) {
  Object.defineProperty(XunzhangSearch.prototype, name, {
    configurable: true,
    enumerable: true,
    get() {
      return this.getAttribute(name);
    },
    /** @param {unknown} value lists become lines, nothing takes the attribute away */
    set(value) {
      if (value === null || value === undefined) this.removeAttribute(name);
      else this.setAttribute(name, Array.isArray(value) ? value.join("\n") : value);
    },
  });
}

if (!customElements.get("xunzhang-search")) {
  customElements.define("xunzhang-search", XunzhangSearch);
  arrive();
}
