// Addresses that a hit may lead to. Documents come from anywhere, and may name scripts.

/** The address, if it is one of the web. @param {string | null | undefined} address */
export function safe(address) {
  if (!address) return undefined;
  try {
    const url = new URL(address, document.baseURI);
    return /^https?:$/.test(url.protocol) ? url.href : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The host's own address of a hit.
 *
 * @param {string} template with `{path}` `{url}` `{document}` `{permalink}` `{id}` `{q}`
 * @param {any} hit
 * @param {string} q
 */
export function linkFrom(template, { id, permalink, document: { id: document, path, url } }, q) {
  const values = { id, permalink, document, q };
  return safe(template.replace(/\{(\w+)\}/g, (all, name) => {
    if (name === "url") return url ?? "";
    if (name === "path") return path.split("/").map(encodeURIComponent).join("/");
    return name in values ? encodeURIComponent(values[name]) : all;
  }));
}
