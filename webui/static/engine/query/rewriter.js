// Twin of indexer/query/rewriter.py.
// Runs of which nothing is visible, and lone marks, are left out; adjacent runs that together are a word of the user's
// dictionary or a number with its measure become one run.
import { and, EVERYTHING, not, or, run, warning } from "../model/queries.js";
import { characters, isBlank } from "../analysis/characters.js";
import { HAN } from "../analysis/fold.js";
import { isNumeral } from "../analysis/numerals.js";
import { unitsOf } from "./pieces.js";

const MINUSES = ["-", "－"], OPERATORS = ["and", "or", "not"];
const MARKS = /^[\p{P}\p{Sm}\p{Sk}]*$/u, DIGIT = /^[\p{Nd}]/u, HOLDS_HAN = new RegExp(`[${HAN}]`, "u");
const UNIT_RUNS = 6;
const DOTS = /[\[(（【]?(?:…+|⋯+|\.{3,}|。{3,})[\])）】]?/u, SHORTEST_LEFT = 2;

export function rewrite(query, tree, analyzer) {
  const rewriting = new Rewriting(characters(query), analyzer);
  return [rewriting.node(tree) ?? EVERYTHING, rewriting.warnings];
}

class Rewriting {
  constructor(query, analyzer) {
    this.query = query;
    this.analyzer = analyzer;
    this.words = analyzer.spacedWords;
    this.mostRuns = Math.max(UNIT_RUNS, ...[...this.words].map((word) => word.split(" ").length));
    this.warnings = [];
  }

  /** `node` without what is invisible; null if nothing is left of it. */
  node(node) {
    switch (node.type) {
      case "And": return several(this.withoutLoneMarks(this.joined(this.visible(node.children))), and);
      case "Or": return several(this.visible(node.children), or);
      case "Not": {
        const inner = this.node(node.child);
        return inner && not(inner);
      }
      case "Near": {
        const kept = [node.left, node.right].map((each) => this.run(each)).filter(Boolean);
        return kept.length > 1 ? node : kept[0] ?? null;
      }
      case "Field":
        return node.value.type === "Run" ? this.run(node.value) && node : node;
      case "Run":
        return this.run(node) && this.withWordsLeftOut(node);
    }
    return node;
  }

  run(node) {
    if (this.analyzer.key(node.text)) return node;
    this.warnings.push(warning("invisible", "这里只有看不见的字符，已略去。", node.start, node.end));
    return null;
  }

  /** A quotation with dots as it stands, or the parts of it that are left. */
  withWordsLeftOut(quotation) {
    const { text, quoted, start, end } = quotation;
    if (!quoted || !DOTS.test(text)) return quotation;
    const parts = text.split(DOTS).filter(Boolean);
    if (!parts.length || parts.some((part) => characters(part).filter((char) => HOLDS_HAN.test(char)).length < SHORTEST_LEFT)) return quotation;
    this.warnings.push(warning("words_left_out", "引文里的省略号先按原样查找，再按略去了文字理解。", start, end));
    const left = parts.map((part) => run(part, start, end, true));
    return or([quotation, left.length > 1 ? and(left) : left[0]]);
  }

  visible(children) {
    return children.map((child) => this.node(child)).filter(Boolean);
  }

  /** Children without the marks among them, if there is anything else; hints at operators. */
  withoutLoneMarks(children) {
    const isMark = (child) => child.type === "Run" && !child.quoted && MARKS.test(child.text), all = children.every(isMark);
    return children.filter((child) => {
      if (child.type === "Run") this.hintAtOperator(child);
      if (all || !isMark(child)) return true;
      const message = `单独的符号“${child.text}”不作条件；要原样查找，请把整句放进引号。`;
      this.warnings.push(warning("lone_mark", message, child.start, child.end));
      return false;
    });
  }

  hintAtOperator({ text, quoted, start, end }) {
    if (!OPERATORS.includes(text) || quoted || !this.query.some((char) => HOLDS_HAN.test(char))) return;
    const message = `小写的 ${text} 按文字查找；要作运算符请写成大写的 ${text.toUpperCase()}。`;
    this.warnings.push(warning("lower_case_operator", message, start, end));
  }

  joined(children) {
    const rest = [...children], done = [];
    while (rest.length) {
      let size = Math.min(this.mostRuns, rest.length), word = null;
      while (size > 1 && !(word = this.asWord(rest.slice(0, size)))) size--;
      done.push(word ?? rest[0]);
      rest.splice(0, word ? size : 1);
    }
    return done;
  }

  /** Plain runs with nothing but white space between them as one run, if it is a word or goes on with numbers. */
  asWord(nodes) {
    const plain = nodes.every((node) => node.type === "Run" && !node.quoted);
    const slice = (start, end) => this.query.slice(start, end).join("");
    if (!plain || nodes.some((node, at) => at && !isBlank(slice(nodes[at - 1].end, node.start)))) return null;
    const whole = run(slice(nodes[0].start, nodes.at(-1).end), nodes[0].start, nodes.at(-1).end);
    const folded = this.analyzer.key(whole.text);
    const seams = nodes.slice(0, -1).map((node) => this.analyzer.key(slice(nodes[0].start, node.end)).length);
    return this.words.has(folded) || this.inUnits(folded, seams) ? whole : null;
  }

  /** Whether each seam lies inside a number with its measure. */
  inUnits(folded, seams) {
    if (!characters(folded).some(isNumeral)) return false;
    const units = unitsOf(folded, this.analyzer);
    return seams.every((seam) => units.some((unit) => unit.start < seam && seam < unit.end));
  }
}

/** A tree in which what is left out and begins with a digit is a negative number, and a warning for each. */
export function minusAsText(tree, query) {
  const chars = characters(query), warnings = [];
  const read = (node) => {
    if (node.type === "And") return and(node.children.map(read));
    if (node.type === "Or") return or(node.children.map(read));
    if (node.type !== "Not" || node.child.type !== "Run" || node.child.quoted) return node;
    const { text, start, end } = node.child;
    if (!DIGIT.test(text) || !MINUSES.includes(chars[start - 1])) return node;
    const message = `“-${text}”先按原样查找，再按“不含 ${text}”理解；只要其中一种，请加引号或写 NOT。`;
    warnings.push(warning("minus_number", message, start - 1, end));
    return run(`-${text}`, start - 1, end);
  };
  return [read(tree), warnings];
}

const several = (kept, make) => (kept.length > 1 ? make(kept) : kept[0] ?? null);
