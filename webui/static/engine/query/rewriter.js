// Twin of indexer/query/rewriter.py.
// Runs of which nothing is visible are left out; adjacent runs that together are a word of the user's dictionary
// become one run.
import { and, EVERYTHING, not, or, run, warning } from "../model/queries.js";
import { characters, isBlank } from "../analysis/characters.js";

export function rewrite(query, tree, analyzer) {
  const rewriting = new Rewriting(characters(query), analyzer);
  return [rewriting.node(tree) ?? EVERYTHING, rewriting.warnings];
}

class Rewriting {
  constructor(query, analyzer) {
    this.query = query;
    this.analyzer = analyzer;
    this.words = analyzer.spacedWords;
    this.mostRuns = Math.max(1, ...[...this.words].map((word) => word.split(" ").length));
    this.warnings = [];
  }

  /** `node` without what is invisible; null if nothing is left of it. */
  node(node) {
    switch (node.type) {
      case "And": return several(this.joined(this.visible(node.children)), and);
      case "Or": return several(this.visible(node.children), or);
      case "Not": {
        const inner = this.node(node.child);
        return inner && not(inner);
      }
      case "Near": {
        const kept = this.visible([node.left, node.right]);
        return kept.length > 1 ? node : kept[0] ?? null;
      }
      case "Field":
        return node.value.type === "Run" ? this.node(node.value) && node : node;
      case "Run":
        if (this.analyzer.key(node.text)) return node;
        this.warnings.push(warning("invisible", "这里只有看不见的字符，已略去。", node.start, node.end));
        return null;
    }
    return node;
  }

  visible(children) {
    return children.map((child) => this.node(child)).filter(Boolean);
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

  /** Plain runs with nothing but white space between them as one run, if it is a word. */
  asWord(nodes) {
    const plain = nodes.every((node) => node.type === "Run" && !node.quoted);
    const slice = (start, end) => this.query.slice(start, end).join("");
    if (!plain || nodes.some((node, at) => at && !isBlank(slice(nodes[at - 1].end, node.start)))) return null;
    const whole = run(slice(nodes[0].start, nodes.at(-1).end), nodes[0].start, nodes.at(-1).end);
    return this.words.has(this.analyzer.key(whole.text)) ? whole : null;
  }
}

const several = (kept, make) => (kept.length > 1 ? make(kept) : kept[0] ?? null);
