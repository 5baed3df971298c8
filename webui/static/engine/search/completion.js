// Twin of indexer/static_export/completions.py, indexer/search/completion.py, webui/api/operations.py.
// What a beginning may go on to: headings, topics, titles and words of the corpus. What is spelt in pinyin is not looked up.
import { ByteReader } from "../byte_reader.js";
import { badParameter } from "../errors.js";
import { characters, compareText, strip } from "../analysis/characters.js";
import { sectionValue } from "../model/headings.js";
import { damaged } from "../engine/store.js";

const COMPLETION_KINDS = ["document", "topic", "heading", "word"];
const LONGEST_PREFIX = 50;
// Completions that may be asked for; the export holds no more of each kind.
const DEFAULT = 8, MOST = 10;
const LAST_RUN = /^([^]*\s)?(\S*)\s*$/u;

/** Completes a query as a whole, else its last run: {text, kind, count, value, completed, matched}, best first. */
export async function completeQuery(index, query, limit = DEFAULT) {
  if (!Number.isInteger(limit) || limit < 1 || limit > MOST) {
    throw badParameter(`limit 要在 1 到 ${MOST} 之间，现在是 ${limit}。`, "请改成这个范围里的整数。");
  }
  const whole = await complete(index, strip(query), limit);
  if (whole.length) return whole.map((each) => ({ text: each.completed, ...each }));
  const [, before, last] = query.match(LAST_RUN);
  if (!before) return [];
  return (await complete(index, last, limit)).map((each) => ({ text: before + each.completed, ...each }));
}

async function complete(index, prefix, limit) {
  const { folding } = index.analyzer;
  await folding.ensure(prefix);
  const typed = index.analyzer.key(characters(prefix).slice(0, LONGEST_PREFIX + 1).join("")), size = characters(typed).length;
  if (!size || size > LONGEST_PREFIX) return [];
  const lists = COMPLETION_KINDS.map(() => []);
  for (const each of await begunBy(index, typed)) if (lists[each.kind].length < limit) lists[each.kind].push(each);
  const inTurn = lists.flatMap((list, kind) => list.map((each, turn) => [turn, kind, each])).sort(byTurnAndKind);
  const chosen = inTurn.slice(0, limit).sort((one, other) => one[1] - other[1] || one[0] - other[0]);
  return chosen.map(([, kind, { text, count, value, offset }]) => ({
    kind: COMPLETION_KINDS[kind], count, value, completed: text, matched: folding.fold(text).original(offset, offset + size),
  }));
}

const byTurnAndKind = (one, other) => one[0] - other[0] || one[1] - other[1];

/** The completions of the last term that does not come after what was typed, those that go on from it. */
async function begunBy(index, typed) {
  const firsts = await firstsOf(index);
  const shard = firsts.findLastIndex((first) => compareText(first, typed) <= 0);
  if (shard < 0) return [];
  const table = await index.store.table("completions", shard);
  const term = [...table.keys()].findLast((each) => compareText(each, typed) <= 0);
  if (!typed.startsWith(term)) return [];
  try {
    return goingOn(index, typed, term, new ByteReader(table.get(term)));
  } catch (error) {
    throw damaged(`completions/${shard}`);
  }
}

async function firstsOf(index) {
  const bytes = await index.store.load("completions/firsts");
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch (error) {
    throw damaged("completions/firsts");
  }
}

function goingOn(index, typed, term, reader) {
  const isWhole = reader.number() === 1, shared = term + reader.text(reader.number());
  const found = Array.from({ length: reader.number() }, () => readCompletion(index, term, reader));
  if (shared.startsWith(typed)) return onceEach(found);
  const folded = ({ text, offset }) => index.analyzer.fold(text).chars.slice(offset).join("");
  return isWhole ? onceEach(found.filter((each) => folded(each).startsWith(typed))) : [];
}

/** Of each completion the best place where it begins so, which comes first. */
function onceEach(found) {
  const keys = found.map(({ kind, value, text }) => `${kind} ${value} ${text}`);
  return found.filter((_, at) => keys.indexOf(keys[at]) === at);
}

function readCompletion({ corpus }, term, reader) {
  const [kind, count, offset] = reader.numbers(3), of = (text, value) => ({ kind, count, offset, text, value });
  switch (COMPLETION_KINDS[kind]) {
    case "document": {
      const document = corpus.documents[reader.number()];
      return of(document.title, document.id);
    }
    case "topic": {
      const topic = corpus.topicSets[reader.number()][reader.number()];
      return of(topic, topic);
    }
    case "heading": {
      const path = corpus.paths[reader.number()];
      return of(path.at(-1), sectionValue(path));
    }
  }
  return of(term + reader.text(reader.number()), "");
}
