// What the JavaScript's query analysis makes of texts: one JSON string a line in, what it became out.
import { readFile } from "node:fs/promises";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const [folder] = process.argv.slice(2);
const module = (name) => import(pathToFileURL(`${folder}/engine/${name}.js`));
const [{ open }, { parse }] = await Promise.all([module("engine"), module("query/parser")]);
const index = await open(folder, { fetch: async (url) => new Response(await readFile(url)) });
const { analyzer } = index;

for await (const line of createInterface({ input: process.stdin })) {
  const text = JSON.parse(line);
  await analyzer.ensure(text, [text]);
  const folded = analyzer.fold(text);
  const [tree, warnings] = parse(text);
  const expanded = analyzer.expand(analyzer.key(text));
  console.log(JSON.stringify({ folded: folded.text, offsets: folded.offsets, cut: analyzer.cut(folded.text), expanded, tree, warnings }));
}
