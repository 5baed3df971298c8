// No twin: Python writes markup with templates.
// Elements made from texts that stay texts: nothing a document says is ever read as markup.

const SVG = "http://www.w3.org/2000/svg";
// Signs in a row that a line is not broken in: laying out 10,000 opening brackets takes a browser minutes.
const UNBROKEN = /[^\p{L}\p{N}_\s]{50}(?=[^\p{L}\p{N}_\s])/gu;

/** @typedef {Node | string | number | null | undefined | false | Child[]} Child */

/** An element; an attribute that is null or false is left out. @param {string} name @param {Record<string, any>} attributes @param {...Child} children */
export const h = (name, attributes = {}, ...children) => filled(document.createElement(name), attributes, children);

/** The same in a drawing. @param {string} name @param {Record<string, any>} attributes @param {...Child} children */
export const svg = (name, attributes = {}, ...children) => filled(document.createElementNS(SVG, name), attributes, children);

function filled(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children.flat(Infinity).filter((child) => child || child === 0).map(asNode));
  return element;
}

const asNode = (child) => (child instanceof Node ? child : `${child}`);

/** A text as nodes, whose lines may be broken inside of long runs of signs. @param {string} text */
export function breakable(text) {
  const pieces = text.replace(UNBROKEN, "$&\0").split("\0");
  return pieces.flatMap((piece, at) => (at ? [h("wbr"), piece] : [piece]));
}

/** A text with ranges of it (code points, in order) marked. @param {string} text @param {number[][]} ranges */
export function marked(text, ranges, strong = []) {
  const chars = [...text];
  const ends = [...new Set([0, chars.length, ...[...ranges, ...strong].flat()])].filter((at) => at <= chars.length).sort((a, b) => a - b);
  const isIn = (spans, at) => spans.some(([start, end]) => start <= at && at < end);
  return ends.slice(0, -1).map((start, at) => {
    const plain = breakable(chars.slice(start, ends[at + 1]).join(""));
    const lit = isIn(ranges, start) ? h("mark", {}, plain) : plain;
    return isIn(strong, start) ? h("strong", {}, lit) : lit;
  });
}
