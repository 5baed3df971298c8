// Twin of webui/strings/__init__.py, webui/urls/language.py.
// What the page says, in the reader's language: the one chosen by its switch, else the first the browser asks for that there is.

import { keep, kept } from "../js/recent.js";

/** The first is what is spoken where nobody chose. */
export const LANGUAGES = ["zh", "en"];
const PARAMETER = "lang";
const KEY = "xunzhang.lang";

let table = {};
let spoken = LANGUAGES[0];

/** Load the words; the address names the language no longer, so that it can be given to anyone. */
export async function speak() {
  const address = new URL(location.href);
  const asked = address.searchParams.get(PARAMETER);
  if (LANGUAGES.includes(asked)) keep(KEY, asked);
  if (asked !== null) {
    address.searchParams.delete(PARAMETER);
    history.replaceState(history.state, "", address);
  }
  const wanted = [asked, kept(KEY), ...navigator.languages.map((tag) => tag.split("-")[0].toLowerCase())];
  spoken = wanted.find((each) => LANGUAGES.includes(each)) ?? LANGUAGES[0];
  table = await load(spoken);
  document.documentElement.lang = say("html_lang");
}

const load = async (language) => (await fetch(new URL(`${language}.json`, import.meta.url))).json();

/** The language that is spoken. */
export const language = () => spoken;

/** The address of this page in another language. @param {string} other */
export function inLanguage(other) {
  const address = new URL(location.href);
  address.searchParams.set(PARAMETER, other);
  return address.pathname + address.search + address.hash;
}

/** A sentence with its names filled in; `{name:,}` is a number in groups of three, `{name?one|more}` a word by number. */
export function say(key, values = {}) {
  const sentence = table[key];
  if (sentence === undefined) throw new Error(`no words for ${key}`);
  const inflected = sentence.replace(/\{(\w+)\?(.*?)\|(.*?)\}/g, (_, name, one, more) => (`${values[name]}` === "1" ? one : more));
  return inflected.replace(/\{(\w+)(:,)?\}/g, (_, name, isGrouped) => (isGrouped ? values[name].toLocaleString("en-US") : `${values[name]}`));
}

/** Whether there are words for a key. */
export const isSaid = (key) => key in table;
