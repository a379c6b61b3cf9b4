/** Lengths and positions of text in bytes of UTF-8 and in code points, counted without encoding it. */

/** Bytes of the code point. */
export function bytesOf(codePoint: number): number {
  return codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
}

export function lengthInBytes(text: string): number {
  let bytes = 0;
  for (const character of text) bytes += bytesOf(character.codePointAt(0)!);
  return bytes;
}

export function lengthInCodePoints(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

/**
 * The index in UTF-16 units that lies `bytes` bytes into the text, at most its length; undefined when that is inside of a
 * character.
 */
export function indexAtByte(text: string, bytes: number): number | undefined {
  let passed = 0;
  let index = 0;
  while (passed < bytes && index < text.length) {
    const codePoint = text.codePointAt(index)!;
    passed += bytesOf(codePoint);
    index += codePoint > 0xffff ? 2 : 1;
  }
  return passed > bytes ? undefined : index;
}

/** The index in UTF-16 units that lies `count` code points into the text, at most its length. */
export function indexAtCodePoint(text: string, count: number): number {
  let index = 0;
  for (let passed = 0; passed < count && index < text.length; passed += 1) {
    index += text.codePointAt(index)! > 0xffff ? 2 : 1;
  }
  return index;
}

export function encodeUtf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** Undefined for bytes that are no UTF-8. */
export function decodeUtf8(bytes: Uint8Array): string | undefined {
  let text = '';
  for (let at = 0; at < bytes.length; ) {
    const length = sequenceLength(bytes[at]!);
    const codePoint = codePointAt(bytes, at, length);
    if (codePoint === undefined) return undefined;
    text += String.fromCodePoint(codePoint);
    at += length;
  }
  return text;
}

function sequenceLength(first: number): number {
  if (first < 0x80) return 1;
  return first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
}

/** The code point of a sequence; undefined when it is cut short, too long for its code point, or a surrogate (RFC 3629). */
function codePointAt(bytes: Uint8Array, at: number, length: number): number | undefined {
  const first = bytes[at]!;
  if (length === 1) return first;
  if (first < 0xc2 || first > 0xf4) return undefined;
  let codePoint = first & (0x7f >> length);
  for (let i = 1; i < length; i += 1) {
    const next = bytes[at + i];
    if (next === undefined || next >> 6 !== 2) return undefined;
    codePoint = (codePoint << 6) | (next & 0x3f);
  }
  const isWritable = codePoint <= 0x10ffff && (codePoint < 0xd800 || codePoint > 0xdfff);
  return isWritable && bytesOf(codePoint) === length ? codePoint : undefined;
}
