// Twin of webui/urls/state.py.
// The address is the whole state of a page: its parameters → what is searched for, and back into addresses.

import { BOUNDS, CHOICES, DEFAULTS, FILTERS } from "../engine/model/choices.js";

const NUMBERS = ["offset", "limit"];

/** What an address asks for. */
export class State {
  /** @param {{q?: string, filters?: Record<string, string[]>, choices?: Record<string, string>, numbers?: Record<string, number>}} asked */
  constructor({ q = "", filters = {}, choices = {}, numbers = {} } = {}) {
    this.q = q;
    this.filters = filters;
    this.choices = { ...DEFAULTS, ...choices };
    this.numbers = { ...Object.fromEntries(NUMBERS.map((name) => [name, BOUNDS[name].default])), ...numbers };
  }

  /** @param {URLSearchParams} given */
  static read(given) {
    const filters = FILTERS.map((name) => [name, [...new Set(given.getAll(name))].filter(Boolean)]);
    const choices = Object.keys(CHOICES).filter((name) => given.get(name)).map((name) => [name, given.get(name)]);
    const numbers = NUMBERS.filter((name) => given.get(name)).map((name) => [name, /^\d{1,11}$/.test(given.get(name)) ? Number(given.get(name)) : NaN]);
    return new State({
      q: given.get("q") ?? "",
      filters: Object.fromEntries(filters.filter(([, values]) => values.length)),
      choices: Object.fromEntries(choices),
      numbers: Object.fromEntries(numbers),
    });
  }

  /** Whether there is neither query nor filter: the first page. */
  get isBlank() {
    return !this.q.trim() && !Object.keys(this.filters).length;
  }

  /** What the engine's search takes. */
  parameters() {
    return { q: this.q, ...this.filters, ...this.choices, ...this.numbers };
  }

  /** The parameters that differ from their defaults, in a fixed order. */
  pairs() {
    return [
      ...(this.q ? [["q", this.q]] : []),
      ...FILTERS.flatMap((name) => (this.filters[name] ?? []).map((value) => [name, value])),
      ...Object.keys(DEFAULTS).filter((name) => this.choices[name] !== DEFAULTS[name]).map((name) => [name, this.choices[name]]),
      ...NUMBERS.filter((name) => this.numbers[name] !== BOUNDS[name].default).map((name) => [name, `${this.numbers[name]}`]),
    ];
  }

  /** The part of an address that says this, with its question mark; empty for the first page. */
  queryString() {
    const query = new URLSearchParams(this.pairs());
    return query.size ? `?${query}` : "";
  }

  values(name) {
    return this.filters[name] ?? [];
  }

  with(changed) {
    return new State({ q: this.q, filters: this.filters, choices: this.choices, numbers: { ...this.numbers, offset: 0 }, ...changed });
  }

  withFilters(changed) {
    const filters = Object.entries({ ...this.filters, ...changed }).filter(([, values]) => values.length);
    return this.with({ filters: Object.fromEntries(filters) });
  }

  /** With another query. */
  asking = (q) => this.with({ q });
  /** With one value of a filter alone. */
  only = (name, value) => this.withFilters({ [name]: [value] });
  /** Without any value of a filter. */
  without = (name) => this.withFilters({ [name]: [] });
  /** Without one of its values. */
  lacking = (name, value) => this.withFilters({ [name]: this.values(name).filter((each) => each !== value) });
  /** With no filter. */
  withoutFilters = () => this.with({ filters: {} });
  /** With another choice. */
  choosing = (name, value) => this.with({ choices: { ...this.choices, [name]: value } });
  /** From another hit on. */
  at = (offset) => this.with({ numbers: { ...this.numbers, offset } });
}
