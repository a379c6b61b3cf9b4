import type { BlockHeader } from '@aerolithdb/protocol';

const HEADER_BYTES = 116;
const TIME_AT = 12;
const HASHES_AT = 20;
const HASH_BYTES = 32;

/** What `encodeHeader` of the protocol encoded; undefined when it did not. */
export function decodeHeader(bytes: Buffer): BlockHeader | undefined {
  if (bytes.length !== HEADER_BYTES || bytes.toString('latin1', 0, 3) !== 'ALB') return undefined;
  const hash = (place: number) => bytes.toString('hex', HASHES_AT + place * HASH_BYTES, HASHES_AT + (place + 1) * HASH_BYTES);
  return {
    height: Number(bytes.readBigUInt64BE(4)),
    time: Number(bytes.readBigUInt64BE(TIME_AT)),
    previousHash: hash(0),
    commandsRoot: hash(1),
    changesHash: hash(2),
  };
}
