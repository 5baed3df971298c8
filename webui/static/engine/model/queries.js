// Twin of indexer/model/queries.py.
// The nodes of a query, before and after analysis.

export const ONE = { wild: "?" };
export const MANY = { wild: "*" };
export const isWild = (piece) => typeof piece !== "string";

export const and = (children) => ({ type: "And", children });
export const or = (children) => ({ type: "Or", children });
export const not = (child) => ({ type: "Not", child });
export const run = (text, start, end, quoted = false) => ({ type: "Run", text, quoted, start, end });
export const wildcard = (pieces, text, start, end) => ({ type: "Wildcard", pieces, text, start, end });
export const near = (left, right, distance, start, end) => ({ type: "Near", left, right, distance, start, end });
export const field = (name, value, start, end, column = "") => ({ type: "Field", name, value, start, end, column });
export const years = (wanted, start, end) => ({ type: "Years", ...wanted, start, end });

export const literal = (alternatives, zones = ["text"], original = "", column = "", whole = []) =>
  ({ type: "Literal", alternatives, zones, original, column, whole });
export const spellingsOf = (literal) => [...literal.alternatives, ...literal.whole];
export const ofDocuments = (ids, opening = false) => ({ type: "OfDocuments", ids, opening });
export const onePassage = (id, ordinal) => ({ type: "OnePassage", id, ordinal });
export const within = (left, right, distance) => ({ type: "Within", left, right, distance, zones: ["text"] });

export const EVERYTHING = and([]);
export const keyOf = (node) => JSON.stringify(node);

/** The leaves of a tree, those under negations too if `all`. */
export function leaves(node, all = false) {
  if (node.children) return node.children.flatMap((child) => leaves(child, all));
  if (node.type === "Not") return all ? leaves(node.child, all) : [];
  return [node];
}

export const warning = (code, message, start = 0, end = 0) => ({ code, message, start, end });
