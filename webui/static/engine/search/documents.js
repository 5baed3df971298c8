// Twin of indexer/model/headings.py, indexer/model/ids.py, indexer/serialize/objects.py.
// Documents to read: what is known of one before its texts are there, its passages, and where a permalink leads.
import { SearchError } from "../errors.js";
import { isRecognized, documentToDict, passageOf } from "./objects.js";

/** All documents in reading order, each with its number of passages. */
export const documentsOf = ({ corpus }) => corpus.documents.map((document, at) =>
  ({ ...documentToDict(document), tags: document.tags, passages: rangeOf(corpus, at)[1] - rangeOf(corpus, at)[0] }));

/**
 * A document without its texts: what it is, its outline, of each passage {permalink, kind, level, page, size} (`level` is
 * how many headings are above it or are it, `size` its folded characters), and `blocks`, the ordinals at which the
 * files of its texts begin.
 */
export async function layoutOf(index, id) {
  const { corpus } = index, at = findDocument(corpus, id), [first, end] = rangeOf(corpus, at);
  const document = corpus.documents[at];
  const permalinks = await permalinksOf(index, at);
  const blocks = [...corpus.blocks].filter((row) => row > first && row < end).map((row) => row - first);
  return {
    document: { ...documentToDict(document), tags: document.tags },
    outline: outlineOf(corpus, first, end),
    passages: permalinks.map((permalink, ordinal) => {
      const row = first + ordinal;
      return {
        permalink, kind: corpus.kinds[row], level: corpus.paths[corpus.nodes[row]].length,
        page: corpus.pages[row]?.[0] ?? null, size: corpus.characterCounts[row],
      };
    }),
    blocks: end > first ? [0, ...blocks] : [],
  };
}

/** The passages of a document from an ordinal up to another, as the API shows them. */
export async function passagesOf(index, id, start, end) {
  const { corpus } = index, at = findDocument(corpus, id), [first, last] = rangeOf(corpus, at);
  const rows = Array.from({ length: Math.max(0, Math.min(last, first + end) - first - start) }, (_, n) => first + start + n);
  return Promise.all(rows.map(async (row) => {
    const { id, permalink, section, text, emphasis } = await passageOf(index, row);
    const pages = corpus.pages[row] ?? [];
    return {
      id, permalink, section,
      topics: corpus.topicSets[corpus.topics[row]],
      kind: corpus.kinds[row],
      page: pages[0] ?? null,
      page_end: pages[1] ?? null,
      role: corpus.roles[row] ?? "body",
      text, emphasis,
      pictures: await index.texts.pictures(row),
      recognized: isRecognized(corpus.documents[at], pages),
    };
  }));
}

/** The permalink of the passage that an id or an older permalink means: with its content, nearest to its ordinal. */
export async function findPassage(index, wanted) {
  const [, id, digits, digest] = /^(.*)-([0-9]{1,11})(?:\.([0-9a-f]*))?$/.exec(wanted) ?? [];
  const at = index.corpus.documents.findIndex((document) => document.id === id);
  const ordinal = Number(digits), permalinks = at < 0 ? [] : await permalinksOf(index, at);
  const fitting = [...permalinks.keys()].filter((each) => (digest ? permalinks[each].endsWith(`.${digest}`) : each === ordinal));
  if (!fitting.length) throw new SearchError("not_found", `索引里没有段落“${wanted.slice(0, 100)}”。`, "文档可能已经改动；请重新检索。");
  return permalinks[fitting.reduce((best, each) => (Math.abs(each - ordinal) < Math.abs(best - ordinal) ? each : best))];
}

function findDocument(corpus, wanted) {
  const at = corpus.documents.findIndex(({ id }) => id === wanted);
  if (at < 0) throw new SearchError("not_found", `索引里没有文档“${String(wanted).slice(0, 100)}”。`, "文档可能已经改动；请重新检索。");
  return at;
}

/** The rows of a document: the first, and the one after the last. */
const rangeOf = (corpus, at) => [corpus.firstRows[at], corpus.firstRows[at + 1] ?? corpus.size];

async function permalinksOf({ corpus, texts }, at) {
  const [first, end] = rangeOf(corpus, at), { id } = corpus.documents[at];
  const digests = await Promise.all(Array.from({ length: end - first }, (_, ordinal) => texts.shortDigest(first + ordinal)));
  return digests.map((digest, ordinal) => `${id}-${ordinal}.${digest}`);
}

/** The headings of a document in reading order; a path that comes back later is the same node. */
function outlineOf(corpus, first, end) {
  const nodes = new Map(), root = { children: [] };
  const nodeOf = (node, ordinal) => {
    if (corpus.parents[node] === node) return root;
    if (!nodes.has(node)) {
      const path = corpus.paths[node];
      const made = { heading: path.at(-1), level: path.length, passages: 0, first: ordinal, children: [] };
      nodeOf(corpus.parents[node], ordinal).children.push(made);
      nodes.set(node, made);
    }
    return nodes.get(node);
  };
  for (let row = first; row < end; row++) {
    nodeOf(corpus.nodes[row], row - first);
    for (let node = corpus.nodes[row]; corpus.parents[node] !== node; node = corpus.parents[node]) nodes.get(node).passages++;
  }
  return root.children;
}
