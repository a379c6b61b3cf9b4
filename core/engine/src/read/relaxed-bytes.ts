import { storedToRelaxed } from '@aerolithdb/protocol';

const DOLLAR = 0x24;
/** As bytes: searching for a text would decode it at each call. */
const DATE = Buffer.from('{"$date":');

/** `storedToRelaxed` for the UTF-8 of any number of documents. Most hold no date, and their bytes go through untouched. */
export function relaxedBytes(stored: Buffer): Buffer {
  return stored.includes(DOLLAR) && stored.includes(DATE) ? utf8Of(storedToRelaxed(stored.toString())) : stored;
}

/** The bytes in memory of their own, not of Node's pool, so that they can be handed to another thread. */
export function utf8Of(text: string): Buffer {
  const bytes = Buffer.allocUnsafeSlow(Buffer.byteLength(text));
  bytes.write(text);
  return bytes;
}
