// Twin of indexer/serialize/objects.py.
// A hit as the JSON object of API v1.
import { MAX_COPIES, TIERS, WEIGHTS } from "../model/choices.js";
import { highlight, highlightText, snippet } from "./highlighter.js";
import { or } from "../model/queries.js";
import { linkOf } from "./site_links.js";
import { PARTS } from "../engine/scoring.js";

export async function hitToDict(index, { row, tier, score, proximity, folded }, plan, scores, { scope, collapse }) {
  const { corpus, texts } = index;
  const trees = new Map(plan.tiers), tree = trees.get(TIERS[tier]);
  const treeOfOthers = collapse === "section" ? or([...trees.values()]) : tree;
  const document = corpus.documents[corpus.ownerOf(row)];
  const passage = await passageOf(index, row);
  const found = await highlight(passage, document, tree, index.analyzer, () => texts.cuts(row));
  const same = (folded ?? []).slice(0, MAX_COPIES);
  const parts = { ...scores.parts(row), ...proximity };
  return {
    id: passage.id,
    permalink: passage.permalink,
    document: documentToDict(document),
    section: passage.section,
    topics: corpus.topicSets[corpus.topics[row]],
    kind: corpus.kinds[row],
    page: corpus.pages[row]?.[0] ?? null,
    page_end: corpus.pages[row]?.[1] ?? null,
    role: corpus.roles[row] ?? "body",
    recognized: isRecognized(document, corpus.pages[row] ?? []),
    text: passage.text,
    emphasis: passage.emphasis,
    highlights: found.text,
    snippet: snippet(passage.text, found.text),
    path_highlights: found.path,
    title_highlights: found.title,
    work_highlights: found.work,
    ...(corpus.site && { link: linkOf(corpus, corpus.ownerOf(row), passage.text, await texts.spot(row)) }),
    score,
    tier: TIERS[tier],
    parts: Object.fromEntries(PARTS.filter((name) => name in parts).map((name) => [name, WEIGHTS[name] * parts[name]])),
    others: scope === "section" ? await othersOf(index, row, treeOfOthers)
      : await othersAt(index, collapse === "section" ? same : [], treeOfOthers),
    copies: collapse === "text" ? await Promise.all(same.map((other) => placeOf(index, other))) : [],
    copy_count: collapse === "text" ? folded.length : 0,
  };
}

/** A document as a hit names it. */
export const documentToDict = ({ id, title, path, url, date, work, fields, recognizedPages }) =>
  ({ id, title, path, url, date, work, fields: Object.fromEntries(fields), recognized_pages: recognizedPages });

/** Where another passage with the same text stands. */
async function placeOf(index, row) {
  const { id, permalink, section } = await passageOf(index, row);
  return { id, permalink, document: documentToDict(index.corpus.documents[index.corpus.ownerOf(row)]), section };
}

/** Whether text on one of these pages of a document was recognised from an image. */
export function isRecognized({ recognizedPages }, pages) {
  const ranges = (recognizedPages ?? "").split(",").filter(Boolean).map((range) => range.split("-").map(Number));
  return ranges.some(([first, last = first]) => pages.some((page) => page && first <= page && page <= last));
}

/** The other passages of a hit's section that hold something of the query. */
async function othersOf(index, row, tree) {
  const { nodes } = index.corpus;
  const rows = [];
  nodes.forEach((node, other) => node === nodes[row] && other !== row && rows.push(other));
  return (await othersAt(index, rows, tree)).filter((other) => other.highlights.length);
}

function othersAt(index, rows, tree) {
  return Promise.all(rows.map(async (row) => {
    const passage = await passageOf(index, row);
    const highlights = await highlightText(passage, tree, index.analyzer, () => index.texts.cuts(row));
    const { id, permalink, text, emphasis } = passage;
    return { id, permalink, text, emphasis, highlights, snippet: snippet(text, highlights) };
  }));
}

export async function passageOf({ corpus, texts }, row) {
  const [text, digest, emphasis] = await Promise.all([texts.text(row), texts.digest(row), texts.emphasis(row)]);
  const id = `${corpus.documents[corpus.ownerOf(row)].id}-${corpus.ordinalOf(row)}`;
  return { id, permalink: `${id}.${digest}`, text, emphasis, section: corpus.paths[corpus.nodes[row]] };
}
