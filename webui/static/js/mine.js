// Filters that a person kept, and documents opened last, shown where the page has room for them.

import { filterSets, opened } from "./recent.js";

/** Keep the filters of a page. @param {HTMLElement} button `[data-save]`, beside the chips that name them */
export function saveFilters(button) {
  const names = [...button.previousElementSibling.querySelectorAll("a[aria-label]")].map((chip) => chip.lastElementChild.previousElementSibling);
  const text = names.map((each) => each.textContent.trim()).join("，");
  filterSets.add({ text, address: button.dataset.save });
}

/**
 * @param {Element} root holds `[data-mine]`: `filters` or `opened`
 * @param {string} home path of the site
 * @param {string} query what is asked, to be asked with other filters
 * @param {Record<string, string>} words
 */
export function showMine(root, home, query, words) {
  const asked = query.trim() ? `&q=${encodeURIComponent(query)}` : "";
  const lists = {
    filters: [filterSets, (entry) => `${home}${entry.address}${asked}`, words.filters_kept],
    opened: [opened, (entry) => entry.address, words.opened],
  };
  for (const place of root.querySelectorAll("[data-mine]")) {
    const [list, addressOf, title] = lists[place.dataset.mine];
    const entries = list.all();
    place.hidden = !entries.length;
    const heading = Object.assign(document.createElement("h2"), { textContent: title });
    const items = Object.assign(document.createElement("ul"), { className: "mine" });
    items.append(...entries.map((entry) => item(entry, addressOf(entry), list, words)));
    place.replaceChildren(heading, items);
  }
}

function item(entry, address, list, words) {
  const row = document.createElement("li");
  const link = Object.assign(document.createElement("a"), { href: address, textContent: entry.text, lang: "zh" });
  const away = Object.assign(document.createElement("button"), { type: "button", textContent: "×" });
  away.setAttribute("aria-label", words.forget_one.replace("#", entry.text));
  away.addEventListener("click", () => {
    list.remove(entry);
    const section = row.closest("[data-mine]");
    row.remove();
    section.hidden = !section.querySelector("li");
  });
  row.append(link, away);
  return row;
}
