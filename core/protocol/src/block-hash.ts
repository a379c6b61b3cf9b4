import type { BlockHeader, Change, ChangeKind, Hash } from './block.ts';
import { ByteWriter } from './byte-writer.ts';
import { toHex } from './hex.ts';
import { sha256 as portableSha256, type Sha256 } from './sha256.ts';

/**
 * The bytes that are hashed of blocks and changes. All integers are big-endian.
 *
 * Header, 116 bytes: "ALB", format (1 byte), height (8), time (8), previousHash (32), commandsRoot (32), changesHash (32).
 *
 * Change: "ALC", format (1), kind (1), position (8), time (8), previousHash (32), then collection, id and document, each as a
 * byte that says whether it is there and, if so, its length in bytes (4) and its UTF-8. Height and version follow from position.
 *
 * The format number is raised when any of this changes.
 */
export const HEADER_FORMAT = 1;
export const CHANGE_FORMAT = 1;

const KINDS: Readonly<Record<ChangeKind, number>> = {
  insert: 1,
  replace: 2,
  update: 3,
  delete: 4,
  createCollection: 5,
  dropCollection: 6,
};

/** The hash at the start of every chain. */
export const ZERO_HASH: Hash = '0'.repeat(64);

const writer = new ByteWriter();

/** The 116 bytes of a header. */
export function encodeHeader(header: BlockHeader): Uint8Array<ArrayBuffer> {
  startRecord('ALB', HEADER_FORMAT);
  writer.uint64(header.height);
  writer.uint64(header.time);
  writer.hex(header.previousHash);
  writer.hex(header.commandsRoot);
  writer.hex(header.changesHash);
  return writer.take();
}

/** SHA-256 of the encoded header. */
export function blockHash(header: BlockHeader, sha256: Sha256 = portableSha256): Hash {
  return toHex(sha256(encodeHeader(header)));
}

/** What is hashed of a change: all but its own hash, and what follows from its position. */
export type HashedChange = Omit<Change, 'hash' | 'height' | 'version'>;

export function encodeChange(change: HashedChange): Uint8Array<ArrayBuffer> {
  writeChange(change);
  return writer.take();
}

/** SHA-256 of the encoded change, which holds the hash of the change before it in the same collection. */
export function changeHash(change: HashedChange, sha256: Sha256 = portableSha256): Hash {
  writeChange(change);
  return toHex(sha256(writer.view()));
}

function writeChange(change: HashedChange): void {
  startRecord('ALC', CHANGE_FORMAT);
  writer.byte(KINDS[change.kind]);
  writer.uint64(change.position);
  writer.uint64(change.time);
  writer.hex(change.previousHash);
  writeOptional(change.collection);
  writeOptional(change.id);
  writeOptional(change.document);
}

function startRecord(tag: string, format: number): void {
  writer.reset();
  for (let i = 0; i < tag.length; i++) writer.byte(tag.charCodeAt(i));
  writer.byte(format);
}

function writeOptional(text: string | undefined): void {
  writer.byte(text === undefined ? 0 : 1);
  if (text !== undefined) writer.text(text);
}
