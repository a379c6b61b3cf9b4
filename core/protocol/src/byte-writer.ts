import { isHighSurrogate, pairCodePoint } from './surrogates.ts';

const encoder = new TextEncoder();

/**
 * A growing buffer that bytes are appended to. One writer is reused for many encodings: `take` copies what was written out of
 * it, `view` lends it until the next write. All numbers are big-endian.
 */
export class ByteWriter {
  #bytes: Uint8Array<ArrayBuffer>;
  #view: DataView;
  #length = 0;

  constructor(capacity = 4096) {
    this.#bytes = new Uint8Array(capacity);
    this.#view = new DataView(this.#bytes.buffer);
  }

  get length(): number {
    return this.#length;
  }

  reset(): this {
    this.#length = 0;
    return this;
  }

  /** A copy of what was written. */
  take(): Uint8Array<ArrayBuffer> {
    return this.#bytes.slice(0, this.#length);
  }

  /** What was written, valid until the next call. */
  view(): Uint8Array<ArrayBuffer> {
    return this.#bytes.subarray(0, this.#length);
  }

  byte(value: number): void {
    this.#reserve(1);
    this.#bytes[this.#length++] = value;
  }

  uint16(value: number): void {
    this.#reserve(2);
    this.#view.setUint16(this.#length, value);
    this.#length += 2;
  }

  uint32(value: number): void {
    this.#reserve(4);
    this.#view.setUint32(this.#length, value);
    this.#length += 4;
  }

  /** A safe integer, not negative, in 8 bytes. */
  uint64(value: number): void {
    this.#reserve(8);
    this.#view.setUint32(this.#length, Math.floor(value / 0x1_0000_0000));
    this.#view.setUint32(this.#length + 4, value >>> 0);
    this.#length += 8;
  }

  raw(bytes: Uint8Array): void {
    this.#reserve(bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  /** Hexadecimal digits (an even number, lower case) as bytes. */
  hex(digits: string): void {
    this.#reserve(digits.length >> 1);
    for (let i = 0; i < digits.length; i += 2) {
      this.#bytes[this.#length++] = (hexDigit(digits.charCodeAt(i)) << 4) | hexDigit(digits.charCodeAt(i + 1));
    }
  }

  /** UTF-8, with its length in bytes before it as uint32. */
  text(text: string): void {
    this.#reserve(4 + text.length * 3);
    const { written } = encoder.encodeInto(text, this.#bytes.subarray(this.#length + 4));
    this.#view.setUint32(this.#length, written);
    this.#length += 4 + written;
  }

  /** 8 bytes that compare as the doubles do; -0 as 0, NaN below all. */
  orderedDouble(value: number): void {
    this.#reserve(8);
    const at = this.#length;
    this.#view.setFloat64(at, value + 0);
    const first = this.#bytes[at]!;
    if (Number.isNaN(value)) this.#view.setFloat64(at, 0);
    else if (first < 0x80) this.#bytes[at] = first | 0x80;
    else this.invertFrom(at, at + 8);
    this.#length += 8;
  }

  /**
   * UTF-8 that compares by code point and ends itself: 0x00 closes it, so U+0000 is written 01 01 and U+0001 01 02.
   * The text must be well formed.
   */
  orderedText(text: string): void {
    this.#reserve(text.length * 3 + 1);
    const bytes = this.#bytes;
    let at = this.#length;
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      if (unit > 1 && unit < 0x80) bytes[at++] = unit;
      else if (unit <= 1) {
        bytes[at++] = 1;
        bytes[at++] = unit + 1;
      } else if (isHighSurrogate(unit)) at = writeCodePoint(bytes, at, pairCodePoint(unit, text.charCodeAt(++i)));
      else at = writeCodePoint(bytes, at, unit);
    }
    bytes[at++] = 0;
    this.#length = at;
  }

  /** Complements the bytes from `start`, which turns their order round. */
  invertFrom(start: number, end: number = this.#length): void {
    const bytes = this.#bytes;
    for (let i = start; i < end; i++) bytes[i] = ~bytes[i]!;
  }

  #reserve(count: number): void {
    const needed = this.#length + count;
    if (needed <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(needed, this.#bytes.length * 2));
    larger.set(this.#bytes);
    this.#bytes = larger;
    this.#view = new DataView(larger.buffer);
  }
}

function writeCodePoint(bytes: Uint8Array, at: number, point: number): number {
  if (point < 0x800) bytes[at++] = 0xc0 | (point >> 6);
  else {
    if (point < 0x10000) bytes[at++] = 0xe0 | (point >> 12);
    else {
      bytes[at++] = 0xf0 | (point >> 18);
      bytes[at++] = 0x80 | ((point >> 12) & 0x3f);
    }
    bytes[at++] = 0x80 | ((point >> 6) & 0x3f);
  }
  bytes[at++] = 0x80 | (point & 0x3f);
  return at;
}

function hexDigit(unit: number): number {
  return unit < 0x3a ? unit - 0x30 : unit - 0x57;
}
