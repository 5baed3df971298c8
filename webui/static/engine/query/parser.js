// Twin of indexer/query/syntax/parser.py.
// Tokens → tree, by recursive descent; an operator that lacks an operand is text.
import { and, EVERYTHING, field, near, not, or, run, warning } from "../model/queries.js";
import { Scanner } from "./scanner.js";
import { characters } from "../analysis/characters.js";

const BEGINS_OPERAND = ["LEAF", "FIELD", "OPEN", "NOT"], ENDS_OPERAND = ["LEAF", "CLOSE"];

/** The tree of a query and what was read otherwise than typed, by position. Never fails. */
export function parse(text, columns = []) {
  const scanner = new Scanner(text, columns);
  const grammar = new Grammar(characters(text), scanner.tokens());
  const tree = grammar.tree();
  const warnings = [...scanner.warnings, ...grammar.warnings];
  return [tree, warnings.sort((one, other) => one.start - other.start || one.end - other.end)];
}

class Grammar {
  constructor(text, tokens) {
    this.text = text;
    this.warnings = [];
    this.tokens = this.withOperands(tokens);
    this.at = 0;
  }

  tree() {
    return this.tokens.length ? this.or() : EVERYTHING;
  }

  withOperands(tokens) {
    const done = [];
    tokens.forEach((token, at) => done.push(this.isSound(token, done, tokens[at + 1]) ? token : this.asText(token)));
    return done;
  }

  isSound(token, done, following) {
    const before = done.at(-1);
    const begins = following !== undefined && BEGINS_OPERAND.includes(following.kind);
    switch (token.kind) {
      case "NOT": case "FIELD": return begins;
      case "OR": case "AND": return begins && before !== undefined && ENDS_OPERAND.includes(before.kind);
      case "NEAR": return isRun(before) && isRun(following) && !(done.length > 1 && ["NOT", "FIELD"].includes(done.at(-2).kind));
    }
    return true;
  }

  asText({ start, end }) {
    this.warnings.push(warning("missing_operand", "这里的运算符缺少运算对象，按文字处理。", start, end));
    return { kind: "LEAF", start, end, leaf: run(this.text.slice(start, end).join(""), start, end) };
  }

  peek() {
    return this.tokens[this.at]?.kind;
  }

  take() {
    return this.tokens[this.at++];
  }

  or() {
    const choices = [this.and()];
    while (this.peek() === "OR") {
      this.take();
      choices.push(this.and());
    }
    return choices.length === 1 ? choices[0] : or(choices);
  }

  and() {
    const parts = [];
    while (![undefined, "OR", "CLOSE"].includes(this.peek())) {
      if (this.peek() === "AND") this.take();
      else parts.push(...this.unary());
    }
    return parts.length === 1 ? parts[0] : and(parts);
  }

  unary() {
    return this.peek() === "NOT" ? [this.negation()] : this.near();
  }

  negation() {
    let negations = 0;
    for (; this.peek() === "NOT"; negations++) this.take();
    const operand = this.primary();
    return negations % 2 ? not(operand) : operand;
  }

  /** A primary, or the NEAR nodes of a chain of runs. */
  near() {
    let left = this.primary();
    const pairs = [];
    while (this.peek() === "NEAR" && left.type === "Run") {
      const { distance } = this.take();
      const right = this.primary();
      if (right.type === "Run") pairs.push(near(left, right, distance, left.start, right.end));
      left = right;
    }
    return pairs.length ? pairs : [left];
  }

  primary() {
    const token = this.take();
    if (token.kind === "OPEN") {
      const inner = this.or();
      this.take();
      return inner;
    }
    if (token.kind === "FIELD") {
      const value = this.peek() === "NOT" ? this.negation() : this.primary();
      return this.inField(token.name, value, token.start);
    }
    return token.leaf;
  }

  /** A field's group means the field for each run in it. */
  inField(name, node, start) {
    const inside = (child) => this.inField(name, child, start);
    switch (node.type) {
      case "And": return and(node.children.map(inside));
      case "Or": return or(node.children.map(inside));
      case "Not": return not(inside(node.child));
      case "Near":
        this.warnings.push(warning("near_in_field", "字段里不能用 NEAR，这里只要求两边都有。", node.start, node.end));
        return and([inside(node.left), inside(node.right)]);
      case "Run": case "Wildcard": return field(name, node, start, node.end);
    }
    this.warnings.push(warning("nested_field", "字段里又有字段，按里面的算。", node.start, node.end));
    return node;
  }
}

const isRun = (token) => token !== undefined && token.kind === "LEAF" && token.leaf.type === "Run";
