// The last searches, in this browser and nowhere else.

const KEY = "xunzhang:recent";
const MOST = 8;

/** @returns {string[]} newest first; none where the browser keeps nothing for us */
export function recent() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(kept) ? kept.filter((query) => typeof query === "string").slice(0, MOST) : [];
  } catch {
    return [];
  }
}

/** @param {string} query */
export function remember(query) {
  const text = query.trim();
  if (text) store([text, ...recent().filter((other) => other !== text)].slice(0, MOST));
}

export function forget() {
  store([]);
}

function store(queries) {
  try {
    if (queries.length) localStorage.setItem(KEY, JSON.stringify(queries));
    else localStorage.removeItem(KEY);
  } catch {
    // private windows may refuse; then there are no recent searches
  }
}
