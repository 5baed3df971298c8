// Where answers come from: a server's API, or the engine that lies in a static export. Both give the same object.

import { diagnose, Failure, inTime } from "./failures.js";
import { safe } from "./links.js";

/**
 * @typedef {object} Source
 * @property {(parameters: Record<string, any>, signal: AbortSignal) => Promise<any>} search an answer as of `GET /api/v1/search`
 * @property {(hit: any, parameters: Record<string, any>) => string | undefined} linkOf
 * @property {(parameters: Record<string, any>) => string | undefined} all the address of all results
 */

/** A site that is searched; whether it is a server or an export is asked once, and again after it could not be reached. */
export class Site {
  /** @param {string} src @param {string} [token] what a server asks for that lets nobody in without one */
  constructor(src, token) {
    this.base = baseOf(src);
    this.token = token;
    this.headers = token ? { Authorization: `Bearer ${token}` } : {};
  }

  /**
   * @param {Record<string, any>} parameters as the API takes them, lists where it takes several values
   * @param {number} patience milliseconds
   * @param {AbortSignal} signal
   */
  async search(parameters, patience, signal) {
    try {
      return await inTime(patience, signal, async (inner) => {
        this.source ??= await connect(this.base, this.headers, inner);
        return this.source.search(parameters, inner);
      });
    } catch (error) {
      if (error.code !== "refused") this.source = null;
      throw error;
    }
  }
}

/** The folder that an address names, with a slash at its end. @param {string} src */
function baseOf(src) {
  let base;
  try {
    base = new URL(src, document.baseURI);
  } catch {
    throw new Failure("source");
  }
  if (!/^https?:$/.test(base.protocol)) throw new Failure("source");
  base.search = base.hash = "";
  base.pathname = base.pathname.replace(/\/?$/, "/");
  return base;
}

/**
 * Ask a folder what it is. An export has an `index.json` that names its format; a server too may be behind a proxy that
 * lets only its API through, so whatever is no export is taken for a server.
 *
 * @param {URL} base
 * @param {Record<string, string>} headers of questions to a server
 * @param {AbortSignal} signal
 * @returns {Promise<Source>}
 */
async function connect(base, headers, signal) {
  const marker = await fetch(new URL("index.json", base), { signal, cache: "no-cache" })
    .then((answer) => (answer.ok ? answer.json() : null))
    .catch(() => null);
  return marker?.format ? openExport(base) : server(base, headers);
}

/** @param {URL} base @param {Record<string, string>} headers @returns {Source} */
function server(base, headers) {
  const address = (path, parameters) => {
    const query = Object.entries(parameters).flatMap(([name, value]) => [value].flat().map((each) => [name, each]));
    return new URL(`${path}?${new URLSearchParams(query)}`, base);
  };
  return {
    async search(parameters, signal) {
      const answer = await fetch(address("api/v1/search", parameters), { signal, headers }).catch(async (error) => {
        throw signal.aborted ? error : await diagnose(base);
      });
      return checked(await answer.json().catch(() => null), answer.status);
    },
    linkOf: ({ document: { id }, permalink }, { limit, ...others }) => {
      const link = address(`d/${encodeURIComponent(id)}`, others);
      link.hash = permalink;
      return link.href;
    },
    all: ({ limit, ...others }) => address("", others).href,
  };
}

/** @param {URL} base @returns {Promise<Source>} */
async function openExport(base) {
  const { open } = await import(new URL("engine/engine.js", base).href).catch(async () => {
    throw await diagnose(base);
  });
  const index = await open(base.href);
  return {
    search: async (parameters) => checked(await index.search({ ...parameters, facets: [] }), 200),
    linkOf: ({ link, document: { url } }) => safe(link === undefined ? url : new URL(link, base).href),
    all: () => undefined,
  };
}

/** What a server or an engine said, unless it is no answer. */
function checked(answer, status) {
  if (Array.isArray(answer?.hits)) return answer;
  if (answer?.error?.message) throw new Failure("refused", answer.error);
  throw new Failure(status >= 500 ? "refused" : "source");
}
