// Twin of indexer/query/lookups.py.
// What a query looks up by its number: the name of a document, numbers of its articles, and nothing else that counts.
import { holdsWordCharacter } from "../analysis/analyzer.js";
import { characters } from "../analysis/characters.js";
import { asOrdinal } from "../analysis/number_spellings.js";
import { fromChinese, NUMERALS, toChinese } from "../analysis/numerals.js";
import { withoutMarks } from "./names.js";

const MOST = 20;
/** Who issues interpretations, which says nothing more about one that is named. */
export const ISSUERS = new Set("两高 最高法 最高院 最高检 最高人民法院 最高人民检察院".split(" "));
const FRAME = new Set([
  ...ISSUERS,
  ...("依 据 见 参见 参阅 参看 详见 出自 引用 条款 法条 article art 根据 依据 依照 按照 按 查 查询 查看 查找 查一下 一下 规定 内容 条文 原文 全文 具体 解释 释义 解读 说 讲 " +
    "新 最新 现行 我国").split(" "),
]);
const NUMBER = `(?:\\d+|[${NUMERALS}]+)`, DIVISIONS = "编章节条回卷篇部集册课讲";
const SEVERAL = new RegExp(`第? ?${NUMBER} ?[${DIVISIONS}]?(?: ?[、,和及与或至到~—–-] ?第? ?${NUMBER} ?[${DIVISIONS}]?)+`);
const EACH = new RegExp(`(${NUMBER}) ?[${DIVISIONS}]?(?: ?([至到~—–-]))?`, "g");
const STEP = new RegExp(`(?<to>[至到~—–-])? ?第? ?\\(?(?<number>${NUMBER})\\)? ?(?<unit>[款项目]?)`, "g");
const HYPHENED = /^第 ?(\d+)-(\d+) ?条$/, ITEM = `\\((?:\\d{1,2}|[${NUMERALS}]+)\\)`;
const ARTICLE_SIGN = "(?:§§?|art(?:icle|s)?\\.?)", SIGN = new RegExp(`^${ARTICLE_SIGN}`);
// A number with nothing but its sign, and where within that article: §47第2款, Art. 47, 57(2), (47).
const BARE = new RegExp(`^(?:${ARTICLE_SIGN}? ?(?<number>\\d{1,4})(?<tail>(?: ?第? ?\\(?${NUMBER}\\)? ?[款项目])+(?: ?${ITEM})?| ?${ITEM})?|\\((?<bracketed>\\d{1,3})\\))$`);
const STOPS = /[.,;。、 ]+$/;

/** The numbers that pieces look up in the documents that they name, as headings are called; else none. */
export function lookedUp(pieces, analyzer) {
  const others = pieces.filter((piece) => !piece.documents.length).map((piece) => ({ ...piece, text: piece.article || piece.text }));
  if (others.length === pieces.length) return [];
  const isFrame = (each) => each.every((piece) => isFrameWord(piece, analyzer));
  const text = others.map((piece) => piece.text).join(""), several = SEVERAL.exec(text);
  if (several && !isFrame(outside(others, several.index, several.index + several[0].length))) return [];
  if (several) return isBranch(several[0]) ? [several[0]] : numbersIn(several[0], SIGN.test(text.slice(0, several.index).trimStart()) ? "条" : "");
  const bare = bareIn(text);
  if (bare) return [`第${Number(bare.number ?? bare.bracketed)}条`];
  const numbers = others.filter((piece) => piece.isUnit).map((piece) => ordinal(piece.text)).filter(Boolean);
  return isFrame(others.filter((piece) => !piece.isUnit)) ? numbers : [];
}

const isFrameWord = ({ text }, analyzer) => FRAME.has(text) || analyzer.uninformative.has(text) || !holdsWordCharacter(text);

/** What pieces of a query that names no document look up, {numbers, divisions, subjects}; null where they look up nothing. */
export function numbered(pieces, analyzer) {
  const numbers = [], texts = [""], beside = pieces.filter((piece) => !piece.isUnit).map((piece) => piece.text);
  if (characters(beside.join("")).length > 16) return null; // a sentence
  for (const piece of pieces) {
    const number = numberOfDivision(piece);
    if (number) numbers.push(number);
    if (number || isFrameWord(piece, analyzer)) texts.push("");
    else texts.push(texts.pop() + piece.text);
  }
  const subjects = texts.filter(Boolean);
  if (!numbers.length || subjects.some((subject) => characters(subject).length < 2)) return null;
  if (!subjects.length && pieces.some(({ isUnit, text }) => isUnit && !text.startsWith("第"))) return null;
  const articles = numbers.filter((number) => number.includes("条")), wanted = articles.length ? articles : numbers.slice(-1);
  if (!subjects.length && !articles.length) return null;
  return { numbers: wanted, divisions: numbers.filter((number) => !wanted.includes(number)), subjects };
}

/** A number as headings call it, of a piece that says so: 第四条, 4条; nothing for any other, 四条 among them. */
function numberOfDivision({ text, article, isUnit }) {
  const typed = article || text;
  return isUnit && /^[第\d]/.test(typed) ? ordinal(typed) : "";
}

/** Where within an article pieces ask, {paragraphs, items, isTaiwan}: `第九条第一款第(二)项`; null where they ask for all. */
export function stepsIntoArticle(pieces) {
  const steps = new Map();
  const add = (unit, found) => steps.set(unit, [...(steps.get(unit) ?? []), ...found]);
  let numbers = [];
  for (const { groups: { to, number: typed, unit } } of behindArticle(pieces).matchAll(STEP)) {
    const number = Number(valueOf(typed) ?? NaN), last = (numbers.length ? numbers : [...steps.values()].flat()).at(-1);
    if (Number.isNaN(number)) return null;
    const first = Math.min(to && last !== undefined && number - last < MOST ? last + 1 : number, number);
    numbers.push(...Array.from({ length: number - first + 1 }, (_, more) => first + more));
    if (unit) add(unit, numbers.splice(0));
  }
  if (numbers.length) add("项", numbers);
  const [paragraphs, items] = ["款", "项"].map((unit) => steps.get(unit) ?? []), [one, other] = steps.keys();
  return paragraphs.length || items.length ? { paragraphs, items, isTaiwan: one === "项" && other === "款" } : null;
}

/** What follows the number of the first article, if that may lead into it. */
function behindArticle(pieces) {
  const within = pieces.find((piece) => piece.article);
  if (within) return within.text.slice(within.article.length);
  const others = pieces.filter((piece) => !piece.documents.length);
  if (others.length === pieces.length) return "";
  return bareIn(others.map((piece) => piece.text).join(""))?.tail ?? "";
}

/** What of a query is left beside names as the number of an article with nothing but its sign. */
const bareIn = (text) => BARE.exec(withoutMarks(text).replace(STOPS, ""))?.groups;

/** The numbers of the articles within which pieces ask, as headings are called. */
export const articlesIn = (pieces) => pieces.filter(({ article }) => article).map(({ article }) => ordinal(article)).filter(Boolean);

/** How items begin: （二）, in Taiwan 二、; nothing where none is asked for. */
export const marksOfItems = ({ paragraphs, items, isTaiwan }) => (isTaiwan
  ? paragraphs.map((number) => `${toChinese(BigInt(number))}、`) : items.map((number) => `(${toChinese(BigInt(number))})`));

/** What `第6、7条` and `第6至8条` call, one after the other; where no division is told what they are otherwise. */
function numbersIn(text, otherwise) {
  const unit = [...text].reverse().find((char) => DIVISIONS.includes(char)) ?? otherwise, found = [];
  const numbers = [...text.matchAll(EACH)].map(([, number, to]) => [valueOf(number), to]);
  numbers.forEach(([number, to], at) => {
    if (!unit || number === null) return;
    const following = numbers[at + 1]?.[0] ?? null;
    const isRange = to && following !== null && following - number < MOST;
    const end = isRange && following > number + 1n ? following : number + 1n;
    for (let each = number; each < end; each++) found.push(`第${each}${unit}`);
  });
  return found;
}

/** Whether 第9-1条 is 第9条之1, as Taiwan writes it. */
function isBranch(text) {
  const [, article, branch] = HYPHENED.exec(text) ?? [];
  return article !== undefined && Number(branch) < Number(article);
}

const valueOf = (number) => (/^\d+$/.test(number) ? BigInt(number) : fromChinese(number));

/** Those of some pieces that are not within a range of their text. */
function outside(pieces, start, end) {
  let at = 0;
  return pieces.filter(({ text }) => {
    const from = at;
    at += text.length;
    return at <= start || from >= end;
  });
}

/** A number of a division as headings call it; nothing for any other. */
const ordinal = (unit) => (unit.startsWith("第") && asOrdinal(unit.slice(1).trimStart()) ? unit : asOrdinal(unit));
