// What the widget says. The page's own sentences are in webui/strings; these have to travel with the script.

const WORDS = {
  zh: {
    html: "zh-CN", label: "检索内容", placeholder: "检索", trigger: "检索", dialog: "检索", list: "检索结果",
    keys: "↑ ↓ 选择，Enter 打开，Esc 关闭", loading: "检索中……", waiting: "服务器有些慢，还在等……",
    found: "共 {total} 段", some: "，其中部分匹配 {some} 段", only_some: "没有一段包含全部词；最接近的 {some} 段", partial: "部分匹配",
    more: "看全部结果", retry: "重试", close: "关闭", nothing: "没有找到“{q}”。请换个说法，或少写几个字。",
    away: "连不上检索服务。", away_hint: "请看看 {base} 是否在运行，然后重试。", away_elsewhere: "连不上检索服务。",
    away_elsewhere_hint: "请看看 {base} 是否在运行；若在运行，它可能没有允许这个网站：启动时要加 --allow-origin {origin}。",
    blocked: "检索服务不允许这个网站使用。",
    blocked_hint: "服务器请在启动时加 --allow-origin {origin}；静态导出请让主机发送 Access-Control-Allow-Origin。",
    slow: "服务器太久没有回答。", slow_hint: "它可能正忙，请稍后重试。",
    source: "{base} 不是寻章的地址。", source_hint: "src 要写服务器的根地址，或静态导出的目录。",
    policy: "本页的内容安全策略（CSP）拦下了检索。", policy_hint: "请在 connect-src 和 script-src 里加上 {at}。",
    insecure: "https 的网页不能向 http 的服务检索。", insecure_hint: "请给 {base} 配上 https。",
    refused: "服务器没有完成这次检索。", refused_hint: "请稍后重试。",
  },
  en: {
    html: "en", label: "Search for", placeholder: "Search", trigger: "Search", dialog: "Search", list: "Results",
    keys: "↑ ↓ to choose, Enter to open, Esc to close", loading: "Searching…", waiting: "The server is slow, still waiting…",
    found: "{total} {total?passage|passages}", some: ", {some} of them {some?matches|match} in part", only_some: "No passage has all the words; here {some?is|are} the {some} nearest", partial: "in part",
    more: "All results", retry: "Retry", close: "Close", nothing: "Nothing found for “{q}”. Try other words, or fewer.",
    away: "The search service cannot be reached.", away_hint: "See whether {base} is running, then retry.",
    away_elsewhere: "The search service cannot be reached.",
    away_elsewhere_hint: "See whether {base} is running; if it is, it may not allow this site: start it with --allow-origin {origin}.",
    blocked: "The search service does not allow this site.",
    blocked_hint: "Start the server with --allow-origin {origin}; for a static export let its host send Access-Control-Allow-Origin.",
    slow: "The server took too long.", slow_hint: "It may be busy; retry in a moment.",
    source: "{base} is no address of Xunzhang.", source_hint: "src has to be the root of a server, or the folder of a static export.",
    policy: "This page's content security policy stopped the search.", policy_hint: "Add {at} to connect-src and script-src.",
    insecure: "A page on https cannot search a service on http.", insecure_hint: "Serve {base} over https.",
    refused: "The server did not complete this search.", refused_hint: "Retry in a moment.",
  },
};

/** The language of the nearest element that names one, through shadow roots; else the browser's. @param {Element} element */
function languageOf(element) {
  for (let at = element; at; at = at.parentElement ?? at.getRootNode().host) {
    if (at.getAttribute("lang")) return at.getAttribute("lang");
  }
  return navigator.language;
}

/** @param {Element} element @returns {(key: string, values?: Record<string, unknown>) => string | undefined} */
export function wordsFor(element) {
  const words = /^zh\b/i.test(languageOf(element)) ? WORDS.zh : WORDS.en;
  return (key, values = {}) => words[key]?.replace(/\{(\w+)(?:\?(.*?)\|(.*?))?\}/g, (_, name, one, more) => (one ? (`${values[name]}` === "1" ? one : more) : values[name] ?? ""));
}
