import { Binary, fromHex, toHex } from '@aerolithdb/protocol';

const UUID_SUBTYPE = 4;

/** `8-4-4-4-12` hexadecimal digits of bytes that are a UUID (RFC 9562), else undefined. */
export function uuidText({ bytes, subtype }: Binary): string | undefined {
  if (subtype !== UUID_SUBTYPE || bytes.length !== 16) return undefined;
  return toHex(bytes).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/** The bytes of a UUID, or undefined when the text is none. */
export function parseUuid(text: string): Binary | undefined {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)) return undefined;
  return new Binary(fromHex(text.replaceAll('-', '').toLowerCase()), UUID_SUBTYPE);
}
