// No twin: Python reads indexes, never exports.
// The files of an export: fetched once each, inflated, decoded. A failure is told, never waited for without end.
import { ByteReader } from "../byte_reader.js";
import { SearchError } from "../errors.js";
import { compareText } from "../analysis/characters.js";

const FORMAT = 2;
// Milliseconds after which a file that does not come is given up.
const PATIENCE = 30_000;

/** A shard of sorted terms → Map of term and bytes. */
function readTable(bytes) {
  const reader = new ByteReader(bytes);
  const count = reader.number();
  const terms = reader.text(reader.number()).split("\n");
  const sizes = reader.numbers(count);
  return new Map(terms.map((term, at) => [term, reader.take(sizes[at])]));
}

export class Store {
  /** `base` is the export's folder, with or without a slash at its end. */
  constructor(base, fetchFile) {
    this.base = `${base}`.replace(/\/?$/, "/");
    this.fetchFile = fetchFile ?? ((url, options) => fetch(url, options));
    this.files = new Map();
    this.generation = null;
  }

  /** Reads `index.json` and `core`: the JSON of the core, and a reader of each column. */
  async open() {
    const about = await this.entrance();
    if (about.format !== FORMAT) {
      throw new SearchError("index_mismatch", `静态检索的格式是第 ${about.format} 版，本页的程序读第 ${FORMAT} 版。`,
        "请重新导出，再刷新页面。");
    }
    this.generation = about.generation;
    const core = await this.load("core");
    try {
      return this.readCore(core);
    } catch (error) {
      throw damaged("core");
    }
  }

  readCore(bytes) {
    const reader = new ByteReader(bytes);
    const about = JSON.parse(reader.text(reader.number()));
    const columns = {};
    for (const [name, size] of Object.entries(about.columns)) columns[name] = new ByteReader(reader.take(size));
    this.firsts = about.firsts;
    return { about, columns };
  }

  async entrance() {
    const response = await this.response("index.json", { cache: "no-cache" });
    try {
      if (response.ok) return await response.json();
    } catch (error) {
      throw damaged("index.json");
    }
    throw new SearchError("index_missing", "这里没有导出的检索。", `请检查地址：${this.base}index.json 应当能打开。`);
  }

  /** The bytes of a file below the generation, read once. */
  load(name) {
    if (!this.files.has(name)) {
      const loading = this.read(name);
      this.files.set(name, loading);
      loading.catch(() => this.files.delete(name)); // so that it is tried again the next time
    }
    return this.files.get(name);
  }

  async read(name) {
    const response = await this.response(`${this.generation}/${name}`);
    if (!response.ok) throw await this.missing(name);
    try {
      const stream = response.body.pipeThrough(new DecompressionStream("deflate"));
      return new Uint8Array(await new Response(stream).arrayBuffer());
    } catch (error) {
      throw await this.changed() ?? damaged(name);
    }
  }

  async response(name, options = {}) {
    try {
      return await this.fetchFile(this.base + name, { ...options, signal: AbortSignal.timeout(PATIENCE) });
    } catch (error) {
      throw new SearchError("index_unavailable", "检索用的文件取不到，可能是断网了。", "请检查网络，然后再试一次。");
    }
  }

  async missing(name) {
    return await this.changed() ??
      new SearchError("index_damaged", `检索用的文件 ${name} 不在了。`, "请把导出的目录完整地上传一遍。");
  }

  /** An error if another export has taken this one's place since. */
  async changed() {
    const now = await this.entrance().catch(() => null);
    if (!now || now.generation === this.generation) return null;
    return new SearchError("index_changed", "文档更新了，本页打开的还是旧的检索。", "请刷新页面再试。");
  }

  /** Which shard of a kind holds a term, if any does. */
  shardOf(kind, term) {
    const firsts = this.firsts[kind];
    let low = 0, high = firsts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (compareText(firsts[middle], term) <= 0) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  /** A shard as a Map of term and bytes. */
  async table(kind, number) {
    const bytes = await this.load(`${kind}/${number}`);
    try {
      return readTable(bytes);
    } catch (error) {
      throw damaged(`${kind}/${number}`);
    }
  }
}

export const damaged = (name) =>
  new SearchError("index_damaged", `检索用的文件 ${name} 内容不对。`, "请把导出的目录完整地上传一遍。");
