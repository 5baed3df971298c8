// Twin of indexer/analysis/fraction_spellings.py.
// Shares and fractions as other writers write them: 3.5% → 百分之三点五, 5‰ → 千分之五, 2/3 → 三分之二.
import { decimalFromChinese, decimalToChinese, DIGITS, END, fromChinese, NUMERALS, toChinese } from "./numerals.js";

export const FRACTION = [
  `(?<chineseHundred>[百千])分之(?<chineseShare>[${NUMERALS}]+(?:点[零${DIGITS}]+)?)`,
  `(?<![\\d.,])(?<share>\\d+(?:\\.\\d+)?) ?(?<hundred>[%‰])`,
  `(?<![${NUMERALS}])(?<chineseWhole>[二三四五六七八九十]+)分之(?<chinesePart>[一二三四五六七八九十]+)`,
  `(?<![\\d.,/a-z])(?<part>[1-9]\\d?)/(?<whole>[1-9]\\d?)(?![\\d.,/a-z])`,
].join("|");
const SIGNS = { 百: "%", 千: "‰" }, HUNDREDS = { "%": "百", "‰": "千" };

/** What FRACTION matched, by group, in Han characters and in digits; null for what is no fraction, undefined for
 * what it did not match. */
export function fractionStyles({ chineseHundred, chineseShare, hundred, share, chineseWhole, chinesePart, whole, part }) {
  if (chineseHundred) return shareOf(chineseHundred, chineseShare === "百" ? "100" : decimalFromChinese(chineseShare));
  if (hundred) return shareOf(HUNDREDS[hundred], share);
  if (chineseWhole) return fraction(fromChinese(chinesePart), fromChinese(chineseWhole));
  return whole ? fraction(BigInt(part), BigInt(whole)) : undefined;
}

function shareOf(hundred, share) {
  if (share === null || BigInt(share.split(".")[0]) >= END) return null;
  return [`${hundred}分之${decimalToChinese(share)}`, share + SIGNS[hundred]];
}

function fraction(part, whole) {
  if (part === null || whole === null || part >= whole) return null;
  return [`${toChinese(whole)}分之${toChinese(part)}`, `${part}/${whole}`];
}
