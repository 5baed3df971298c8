// What a person did last, in this browser and nowhere else: searches, documents opened, filters kept.

const MOST = 8;
/** Whether letters move from hit to hit: `on` or `off`. */
export const KEYS = "xunzhang.keys";

/** What is kept under a name; empty where that is nothing. @param {string} key */
export function kept(key) {
  try {
    return localStorage.getItem(key) ?? "";
  } catch {
    return ""; // private windows may refuse
  }
}

/** @param {string} key @param {string} value empty takes it away */
export function keep(key, value) {
  try {
    if (value) localStorage.setItem(key, value);
    else localStorage.removeItem(key);
  } catch {
    // likewise
  }
}

/** A list in the browser, newest first; empty where the browser keeps nothing for us. @param {string} key */
function keptList(key) {
  const same = (one, other) => (one.address ?? one) === (other.address ?? other);

  function all() {
    try {
      const entries = JSON.parse(kept(key) || "[]");
      return Array.isArray(entries) ? entries.filter((each) => typeof each === "string" || typeof each?.text === "string").slice(0, MOST) : [];
    } catch {
      return [];
    }
  }

  function store(entries) {
    keep(key, entries.length ? JSON.stringify(entries) : "");
  }

  return {
    all,
    add: (entry) => store([entry, ...all().filter((other) => !same(entry, other))].slice(0, MOST)),
    remove: (entry) => store(all().filter((other) => !same(entry, other))),
    clear: () => store([]),
  };
}

/** Queries, as strings. */
export const searches = keptList("xunzhang:recent");
/** Documents: `text` the title, `address` where each is read. */
export const opened = keptList("xunzhang:opened");
/** Filters: `text` their values, `address` the query string without `q`. */
export const filterSets = keptList("xunzhang:filters");

/** @param {string} query */
export function remember(query) {
  const text = query.trim();
  if (text) searches.add(text);
}
