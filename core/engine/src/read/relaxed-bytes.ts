import { storedToRelaxed } from '@aerolithdb/protocol';

const DATE = Buffer.from('{"$date":');

/** The outgoing form of a document's stored bytes: the same bytes unless it holds a date. */
export function relaxedBytes(stored: Buffer): Buffer {
  return stored.includes(DATE) ? Buffer.from(storedToRelaxed(stored.toString('utf8'))) : stored;
}
