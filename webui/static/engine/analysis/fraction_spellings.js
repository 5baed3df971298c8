// Twin of indexer/analysis/fraction_spellings.py.
// Shares and fractions as other writers write them: 3.5% → 百分之三点五, 5‰ → 千分之五, 2/3 → 三分之二, 3分之2.
import { decimalFromChinese, decimalToChinese, DIGITS, END, fromChinese, NUMERALS, toChinese } from "./numerals.js";

export const FRACTION = [
  `(?<![${NUMERALS}\\d])(?<chineseHundred>[百千万])分之(?<chineseShare>[${NUMERALS}]+(?:点[零${DIGITS}]+)?|\\d+(?:\\.\\d+)?)`,
  `(?<![\\d.,])(?<share>\\d+(?:\\.\\d+)?) ?(?<hundred>[%‰‱])`,
  `(?<![${NUMERALS}])(?<chineseWhole>[二三四五六七八九十]+)分之(?<chinesePart>[一二三四五六七八九十]+)`,
  `(?<![\\d.,])(?<digitWhole>[1-9]\\d?)分之(?<digitPart>[1-9]\\d?)(?!\\d)`,
  `(?<![\\d.,/a-z])(?<part>[1-9]\\d?)/(?<whole>[1-9]\\d?)(?![\\d.,/a-z])`,
].join("|");
const WHOLE = new RegExp(`^(?:${FRACTION})$`);
const SIGNS = { 百: "%", 千: "‰", 万: "‱" }, HUNDREDS = { "%": "百", "‰": "千", "‱": "万" };
const PARTS_OF = { "%": 100n, "‰": 1_000n, "‱": 10_000n };
const TENTHS = /^([1-9]|[一二两三四五六七八九])成$/;
const TIMES = new RegExp(`^(\\d{1,2}(?:\\.\\d{1,2})?|[两${DIGITS.slice(1)}十](?:点[${DIGITS.slice(1)}])?)倍$`), MOST_TIMES = 10n;
const PLACES = 2, MOST_PARTS = 10n;

/** What FRACTION matched, by group, in Han characters, in digits and in both; null for what is no fraction, undefined
 * for what it did not match. */
export function fractionStyles(found) {
  const { chineseHundred, chineseShare, hundred, share, chineseWhole, chinesePart, digitWhole, digitPart, whole, part } = found;
  if (chineseHundred) return shareOf(chineseHundred, inDigits(chineseShare));
  if (hundred) return shareOf(HUNDREDS[hundred], share);
  if (chineseWhole) return fraction(fromChinese(chinesePart), fromChinese(chineseWhole));
  if (digitWhole) return fraction(BigInt(digitPart), BigInt(digitWhole));
  return whole ? fraction(BigInt(part), BigInt(whole)) : undefined;
}

/** How much a share or fraction is, 三成 and 三倍 too, as [numerator, denominator] in lowest terms; null for anything else. */
export function readShare(text) {
  const tenths = TENTHS.exec(text)?.[1];
  if (tenths) return reduced(/\d/.test(tenths) ? BigInt(tenths) : fromChinese(tenths), 10n);
  const times = TIMES.exec(text)?.[1];
  if (times) return partsOf(/^\d/.test(times) ? times : decimalFromChinese(times) ?? "0", 1n);
  const found = WHOLE.exec(text)?.groups, styles = found && fractionStyles(found);
  if (!styles) return null;
  const [, digits] = styles, parts = PARTS_OF[digits.at(-1)];
  if (!parts) return reduced(...digits.split("/").map(BigInt));
  return partsOf(digits.slice(0, -1), parts);
}

/** A number in digits of so many parts. */
function partsOf(digits, parts) {
  const [whole, places = ""] = digits.split(".");
  return reduced(BigInt(whole + places), parts * 10n ** BigInt(places.length));
}

/** A share below all in digits, by each sign by which it has few of them; as a fraction of few parts; in tenths; one of
 * more than all in percent and in times. */
export function writeShare([part, whole]) {
  if (part > whole && part <= MOST_TIMES * whole && (part * 100n) % whole === 0n) {
    return [`${(part * 100n) / whole}%`, `${Number(part) / Number(whole)}倍`];
  }
  if (part <= 0n || part >= whole) return [];
  const found = [];
  for (const [sign, parts] of Object.entries(PARTS_OF)) {
    const digits = decimal(part * parts, whole);
    if (digits !== null && (sign === "%" || (part * parts >= whole && part * parts < MOST_PARTS * whole))) found.push(digits + sign);
  }
  if (whole <= MOST_PARTS) found.push(`${part}/${whole}`);
  return (part * 10n) % whole ? found : [...found, `${(part * 10n) / whole}成`];
}

/** A fraction with as many digits after the point as it needs; null where it needs too many. */
function decimal(part, whole) {
  for (let places = 0; places <= PLACES; places++) {
    const size = 10n ** BigInt(places);
    if ((part * size) % whole) continue;
    const digits = `${(part * size) / whole}`.padStart(places + 1, "0");
    return places ? `${digits.slice(0, -places)}.${digits.slice(-places)}` : digits;
  }
  return null;
}

function reduced(part, whole) {
  let [one, other] = [part, whole];
  while (other) [one, other] = [other, one % other];
  return [part / one, whole / one];
}

const inDigits = (share) => (/^[\d.]+$/.test(share) ? share : share === "百" ? "100" : decimalFromChinese(share));

function shareOf(hundred, share) {
  if (share === null || BigInt(share.split(".")[0]) >= END) return null;
  return [`${hundred}分之${decimalToChinese(share)}`, share + SIGNS[hundred], `${hundred}分之${share}`];
}

function fraction(part, whole) {
  if (part === null || whole === null || part >= whole) return null;
  return [`${toChinese(whole)}分之${toChinese(part)}`, `${part}/${whole}`, `${whole}分之${part}`];
}
