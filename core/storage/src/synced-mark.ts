import { closeSync, constants, existsSync, openSync, readSync, writeSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import { StorageError, storageErrorFrom } from './storage-error.ts';
import { isWalHeader, WAL_HEADER_BYTES, wholeFrames } from './wal-chain.ts';

/** Magic, header of the log, frames that were synced, CRC of what is before. */
const MAGIC = Buffer.from('AERSYNC1');
const FRAMES_OFFSET = MAGIC.length + WAL_HEADER_BYTES;
const CRC_OFFSET = FRAMES_OFFSET + 4;
const MARK_BYTES = CRC_OFFSET + 4;
/** Where the header counts how often the log was begun anew. */
const GENERATION_OFFSET = 12;

/** How much of which write-ahead log was synced. */
export type Synced = { readonly header: Uint8Array; readonly frames: number };

/**
 * Remembers beside the file, in `aerolith.db-synced`, how much of the write-ahead log was synced, so that damage to it is found: to
 * SQLite a damaged frame is the end of the log, and all acknowledged writes after it would vanish without a word, or half of them if
 * some had been moved into the file.
 *
 * Invariant: what the mark says was synced before it is written; it is not synced itself, so after a power cut it may say less.
 */
export class SyncedMark {
  readonly #file: string;
  readonly #mark: number;
  readonly #wal: number;
  #open = true;

  /** `wal` is the log, open for reading; it stays the caller's. */
  constructor(file: string, wal: number) {
    this.#file = file;
    this.#wal = wal;
    this.#mark = openSync(markOf(file), constants.O_RDWR | constants.O_CREAT, 0o600);
  }

  /** What a sync that begins now makes durable; `frames` is how many are committed. */
  extent(frames: number): Synced {
    return { header: readFrom(this.#wal, 0, WAL_HEADER_BYTES), frames };
  }

  /** A disk that fails here has lost nothing: less damage would be found. */
  write({ header, frames }: Synced): void {
    if (!this.#open || header.length < WAL_HEADER_BYTES) return;
    const mark = Buffer.alloc(MARK_BYTES);
    MAGIC.copy(mark);
    mark.set(header, MAGIC.length);
    mark.writeUInt32BE(frames, FRAMES_OFFSET);
    mark.writeUInt32BE(crc32(mark.subarray(0, CRC_OFFSET)), CRC_OFFSET);
    try {
      writeSync(this.#mark, mark, 0, MARK_BYTES, 0);
    } catch (error) {
      if (storageErrorFrom(error, this.#file) === undefined) throw error;
    }
  }

  close(): void {
    this.#open = false;
    closeSync(this.#mark);
  }
}

/**
 * Throws `StorageError` `corrupt` when the write-ahead log beside the file holds less than what was synced. Before SQLite opens the
 * file, and while no other process has it open.
 */
export function passLogGate(file: string): void {
  const wal = `${file}-wal`;
  if (!existsSync(wal) || !existsSync(markOf(file))) return;
  const synced = opened(markOf(file), 'r', (mark) => decode(readFrom(mark, 0, MARK_BYTES)));
  if (synced !== undefined) opened(wal, 'r+', (log) => compare(wal, log, synced));
}

function compare(wal: string, log: number, synced: { readonly header: Buffer; readonly frames: number }): void {
  const header = readFrom(log, 0, WAL_HEADER_BYTES);
  const same = header.equals(synced.header);
  // A log that was emptied, or begun anew: all that was synced of the one before stands in the file.
  if (header.length < WAL_HEADER_BYTES || (!same && isWalHeader(header))) return;
  const torn = header.equals(tornHeader(synced.header));
  if (!same && !torn) throw damaged(wal, 'its header does not match its checksum');
  const whole = wholeFrames(synced.header, synced.frames, (offset, bytes) => readFrom(log, offset, bytes));
  if (whole < synced.frames)
    throw damaged(wal, `of ${synced.frames} pages that were synced only the first ${whole} match their checksums`);
  if (torn) writeSync(log, synced.header, 0, WAL_HEADER_BYTES, 0);
}

/**
 * The header when the process ended in the middle of writing the next one: its second half, with salts and checksum, is the old one.
 * A flipped bit may look the same. The header of before is right for both: what follows it is whole.
 */
function tornHeader(synced: Uint8Array): Buffer {
  const torn = Buffer.from(synced);
  torn.writeUInt32BE((torn.readUInt32BE(GENERATION_OFFSET) + 1) >>> 0, GENERATION_OFFSET);
  return torn;
}

function damaged(wal: string, why: string): StorageError {
  const message = `${wal} is damaged: ${why}. Acknowledged writes would be missing: restore the folder from a backup or from another node.`;
  return new StorageError('corrupt', wal, message);
}

function markOf(file: string): string {
  return `${file}-synced`;
}

/** `undefined` when it was cut off while it was written, or damaged. */
function decode(mark: Buffer): (Synced & { readonly header: Buffer }) | undefined {
  if (mark.length < MARK_BYTES || !mark.subarray(0, MAGIC.length).equals(MAGIC)) return undefined;
  if (mark.readUInt32BE(CRC_OFFSET) !== crc32(mark.subarray(0, CRC_OFFSET))) return undefined;
  return { header: mark.subarray(MAGIC.length, FRAMES_OFFSET), frames: mark.readUInt32BE(FRAMES_OFFSET) };
}

function opened<T>(path: string, flags: 'r' | 'r+', work: (descriptor: number) => T): T {
  const descriptor = openSync(path, flags);
  try {
    return work(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function readFrom(descriptor: number, offset: number, bytes: number): Buffer {
  const buffer = Buffer.alloc(bytes);
  return buffer.subarray(0, readSync(descriptor, buffer, 0, bytes, offset));
}
