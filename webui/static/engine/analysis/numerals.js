// Twin of indexer/analysis/numerals.py.
// Whole numbers in Chinese characters and back. Numbers are BigInt: they reach 10^16.

export const DIGITS = "〇一二三四五六七八九";
export const NUMERALS = "零〇一二两三四五六七八九十百千万亿";
export const FORMAL = "壹贰叁肆伍陆柒捌玖拾佰仟";
const PLAIN = "一二三四五六七八九十百千";
export const isNumeral = (char) => /\p{Nd}/u.test(char) || NUMERALS.includes(char) || FORMAL.includes(char);
const UNITS = ["", "十", "百", "千"];
const LARGE = [["亿", 100_000_000n], ["万", 10_000n]];
export const END = 10n ** 16n;

export function toChinese(number) {
  const text = numeral(number) || "零";
  return text.startsWith("一十") ? text.slice(1) : text;
}

/** null where the characters make no number, or leave out what must be guessed. */
export function fromChinese(text) {
  const plain = text.replaceAll("〇", "零").replaceAll("两", "二");
  if (!plain || [...plain].some((char) => !NUMERALS.includes(char))) return null;
  const number = value(plain);
  if (number >= END) return null;
  return toChinese(number) === (plain.startsWith("一十") ? plain.slice(1) : plain) ? number : null;
}

/** 一万五 as 15000, 两千三 as 2300; null for what ends in no such digit. */
export function fromColloquial(text) {
  const unit = text.at(-2), digit = DIGITS.indexOf(text.at(-1));
  if (text.length < 3 || !"千万亿".includes(unit) || digit < 1) return null;
  const whole = fromChinese(text.slice(0, -1)), tenth = fromChinese(`一${unit}`);
  return whole === null || tenth === null ? null : whole + (BigInt(digit) * tenth) / 10n;
}

export const digitwise = (digits) => [...digits].map((digit) => DIGITS[Number(digit)]).join("");

export const fromDigitwise = (text) => [...text.replaceAll("零", "〇")].map((char) => DIGITS.indexOf(char)).join("");

const translated = (text, from, to) => [...text].map((char) => (from.includes(char) ? to[from.indexOf(char)] : char)).join("");

export function decimalFromChinese(numeral) {
  const [whole, places] = numeral.split("点");
  const number = fromChinese(whole);
  return number === null ? null : number + (places === undefined ? "" : `.${fromDigitwise(places)}`);
}

export function decimalToChinese(digits) {
  const [whole, places] = digits.split(".");
  return toChinese(BigInt(whole)) + (places === undefined ? "" : `点${digitwise(places).replaceAll("〇", "零")}`);
}

export const fromFormal = (text) => fromChinese(translated(text, FORMAL, PLAIN));

export function toFormal(number) {
  const chinese = toChinese(number);
  return translated(chinese.startsWith("十") ? `一${chinese}` : chinese, PLAIN, FORMAL);
}

function numeral(number) {
  for (const [unit, size] of LARGE) {
    if (number >= size) {
      const rest = number % size;
      return toChinese(number / size) + unit + (rest > 0n && rest < size / 10n ? "零" : "") + numeral(rest);
    }
  }
  let text = "", pendingZero = false;
  for (let power = 3; power >= 0; power--) {
    const digit = Number((number / 10n ** BigInt(power)) % 10n);
    if (digit) {
      text += (pendingZero ? "零" : "") + DIGITS[digit] + UNITS[power];
      pendingZero = false;
    } else {
      pendingZero = text !== "";
    }
  }
  return text;
}

function value(text) {
  for (const [unit, size] of LARGE) {
    const at = text.lastIndexOf(unit);
    if (at >= 0) return value(text.slice(0, at)) * size + value(text.slice(at + 1));
  }
  let total = 0n, digit = 0n;
  for (const char of text) {
    const power = UNITS.indexOf(char);
    if (power > 0) {
      total += (digit || 1n) * 10n ** BigInt(power);
      digit = 0n;
    } else {
      digit = char === "零" ? 0n : BigInt(DIGITS.indexOf(char));
    }
  }
  return total + digit;
}
