// fetch: node client.mjs http://127.0.0.1:8000 查询. In a page of another origin: xunzhang serve --allow-origin ….

/**
 * @param {string} server
 * @param {string} query
 * @param {{ token?: string, signal?: AbortSignal }} options
 * @returns {Promise<{entries: number, hits: object[]}>} rejects with a sentence that can be shown
 */
export async function search(server, query, { token, signal = AbortSignal.timeout(30_000) } = {}) {
  const address = new URL(`${server.replace(/\/$/, "")}/api/v1/search`);
  address.search = new URLSearchParams({ q: query, limit: 2, fields: "text,document" });
  const headers = token ? { Authorization: `Bearer ${token}` } : {};
  const answer = await fetch(address, { headers, signal }).catch(() => {
    throw new Error(`${server} 没有回答。请检查地址，先运行 xunzhang serve。`);
  });
  const body = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(body.error ? body.error.message + body.error.hint : `状态 ${answer.status}`);
  return body;
}

const [server, query] = process.argv.slice(2);
try {
  const { entries, hits } = await search(server, query, { token: process.env.XUNZHANG_TOKEN });
  console.log(entries ? `${entries} 段，第一段：${hits[0].text}` : "没有找到。");
} catch (error) {
  console.error(`错误：${error.message}`);
  process.exitCode = 1;
}
