import { parseValue, type Value } from '@aerolithdb/protocol';

const SMALL_INTEGER = /^(?:0|-?[1-9]\d{0,8})$/;

/** What `parseValue` gives for stored text, without its machinery for the scalars that are most frequent. */
export function parseFast(text: string): Value {
  const first = text.charCodeAt(0);
  if (first === QUOTE) return text.includes('\\') ? parseValue(text) : text.slice(1, -1);
  return text.length < 11 && SMALL_INTEGER.test(text) ? Number(text) : parseValue(text);
}

const QUOTE = 0x22;
