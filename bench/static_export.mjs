// Pagefind's own JavaScript, run on files from the disk: one query a line in, what it found and what it moved out.
import { readFile } from "node:fs/promises";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";
import { gunzipSync } from "node:zlib";

const [folder, shown] = [process.argv[2], Number(process.argv[3])];
let moved = { files: 0, bytes: 0 };

// What the module asks of a page.
globalThis.window = globalThis;
globalThis.location = { href: "http://localhost/", origin: "http://localhost" };
globalThis.document = { currentScript: null, querySelector: () => ({ getAttribute: () => "zh-cn" }) };
globalThis.fetch = async (url) => {
  const path = decodeURIComponent(`${url}`.replace(/^.*?\/pagefind\//, `${folder}/pagefind/`).replace(/\?.*$/, ""));
  const bytes = await readFile(path);
  moved = { files: moved.files + 1, bytes: moved.bytes + bytes.length };
  return new Response(bytes);
};

const pathOf = (id) => `${folder}/pagefind/fragment/${id}.pf_fragment`;
const urlOf = async (id) => JSON.parse(gunzipSync(await readFile(pathOf(id))).toString().replace(/^pagefind_dcd/, "")).url;

let visits = 0;
for await (const line of createInterface({ input: process.stdin })) {
  const { q, all } = JSON.parse(line);
  moved = { files: 0, bytes: 0 };
  const pagefind = await import(`${pathToFileURL(`${folder}/pagefind/pagefind.js`)}?${visits++}`);
  await pagefind.options({ basePath: "/pagefind/", baseUrl: "/" });
  const started = performance.now();
  await pagefind.init();
  const found = (await pagefind.search(q)).results;
  await Promise.all(found.slice(0, shown).map((each) => each.data()));
  const milliseconds = performance.now() - started;
  const urls = all ? await Promise.all(found.map((each) => urlOf(each.id))) : [];
  console.log(JSON.stringify({ total: found.length, urls, moved, milliseconds }));
}
