// Asks an exported folder, read from the disk: requests come in on standard input, one JSON object a line, answers go out.
// A request is what is searched for; or `call` names another function, and `given` lists what it takes.
import { readFile } from "node:fs/promises";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const [folder] = process.argv.slice(2);
const { open } = await import(pathToFileURL(`${folder}/engine/engine.js`));

let moved = { files: 0, bytes: 0 };
const fetchFile = async (url) => {
  try {
    const bytes = await readFile(url);
    moved = { files: moved.files + 1, bytes: moved.bytes + bytes.length };
    return new Response(bytes);
  } catch (error) {
    return new Response("", { status: 404 });
  }
};

let index = await open(folder, { fetch: fetchFile });
for await (const line of createInterface({ input: process.stdin })) {
  const { reopen, call = "search", given, ...request } = JSON.parse(line);
  if (reopen) {
    moved = { files: 0, bytes: 0 };
    index = await open(folder, { fetch: fetchFile });
  }
  const started = performance.now();
  const answer = await index[call](...(given ?? [request]));
  const milliseconds = performance.now() - started;
  console.log(JSON.stringify({ answer, moved, milliseconds }));
}
