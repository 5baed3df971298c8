// No twin: Python reads indexes, never exports.
// Numbers and texts in the bytes of an export.

/** 0, 1, 2, 3 … → 0, -1, 1, -2 … */
export const unsign = (value) => (value % 2 ? -(value + 1) / 2 : value / 2);

/** Reads numbers (LEB128) and text from bytes. */
export class ByteReader {
  constructor(bytes, at = 0) {
    this.bytes = bytes;
    this.at = at;
  }

  number() {
    let value = 0, factor = 1, byte;
    do {
      if (this.at >= this.bytes.length) throw new RangeError("the data end too early");
      byte = this.bytes[this.at++];
      value += (byte & 127) * factor;
      factor *= 128;
    } while (byte > 127);
    return value;
  }

  signed() {
    return unsign(this.number());
  }

  numbers(count) {
    return Array.from({ length: count }, () => this.number());
  }

  take(size) {
    if (this.at + size > this.bytes.length) throw new RangeError("the data end too early");
    return this.bytes.subarray(this.at, (this.at += size));
  }

  text(size) {
    return new TextDecoder().decode(this.take(size));
  }

  get done() {
    return this.at >= this.bytes.length;
  }
}
