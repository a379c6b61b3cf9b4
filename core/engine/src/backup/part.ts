import { hash as digest } from 'node:crypto';
import { compress, decompress } from '../ledger/zstd.ts';

/**
 * The bytes of a backup. Invariants:
 * 1. Backup = start (16 bytes) | parts. The first part tells what it is (`about`), the last one ends it (`end`); nothing follows.
 * 2. Start = "AerolithBackup" (14) | 0x0A | format (1).
 * 3. Part = head (64) | body. Head = "AERP" (4) | number (u32, from 1) | kind (u8) | coding (u8: 0 as it is, 1 zstd) | 0 (u16) |
 *    table (u32) | rows (u32) | raw bytes (u32) | body bytes (u32) | 0 (u32) | digest (32). Little endian.
 * 4. Digest = SHA-256(digest of the part before | the 32 bytes of the head before the digest | body); before the first part stands
 *    SHA-256 of the start. So a part that is changed, moved, missing or of another backup does not fit, and the digest of the last
 *    part is one of everything.
 */
export const BACKUP_FORMAT = 1;

const MAGIC = Buffer.from('AerolithBackup\n', 'latin1');
export const START_BYTES = 16;
export const PART_HEAD_BYTES = 64;
const PART_MARK = Buffer.from('AERP', 'latin1');
const SIGNED_BYTES = 32;
/** Bytes of a part before compression at which it is closed; a single row may be larger. */
export const PART_BYTES = 1_048_576;
/** No part is larger, compressed or not: what claims to be is damaged. */
export const PART_BYTES_MAX = 0x4000_0000;

/** Kinds of parts by their code. Part of the format: only ever added to. */
export const PART_KINDS = { about: 1, small: 2, documents: 3, history: 4, index: 5, blocks: 6, end: 7 } as const;

export type PartKind = keyof typeof PART_KINDS;

const KIND_NAMES = new Map<number, PartKind>(Object.entries(PART_KINDS).map(([name, code]) => [code, name as PartKind]));

const CODINGS = { plain: 0, zstd: 1 } as const;
/** Compression must save this part of the bytes, or they stay as they are: bodies of blocks are compressed already. */
const WORTHWHILE = 0.97;

export type PartHead = {
  readonly number: number;
  readonly kind: PartKind;
  readonly coding: number;
  /** Number of the collection's or index's table; of a small table its place among them. */
  readonly table: number;
  readonly rows: number;
  /** Bytes of the body when it is not compressed. */
  readonly rawBytes: number;
  readonly bodyBytes: number;
};

export function encodeStart(): Buffer {
  return Buffer.concat([MAGIC, Buffer.of(BACKUP_FORMAT)]);
}

/** The format that a start names; undefined when it is not one of a backup. */
export function formatOfStart(start: Uint8Array): number | undefined {
  return MAGIC.equals(start.subarray(0, MAGIC.length)) ? start[MAGIC.length] : undefined;
}

/** The chain of digests, from the start on. */
export class DigestChain {
  #last: Buffer;

  constructor(start: Uint8Array) {
    this.#last = sha256(start);
  }

  get last(): Buffer {
    return this.#last;
  }

  /** What the digest of the next part begins with. */
  prefix(head: Uint8Array): Buffer {
    return Buffer.concat([this.#last, head.subarray(0, SIGNED_BYTES)]);
  }

  add(next: Buffer): void {
    this.#last = next;
  }
}

/** Puts rows into parts: gives them numbers, compresses them, continues the chain. */
export class PartSealer {
  readonly #chain = new DigestChain(encodeStart());
  #number = 0;

  get count(): number {
    return this.#number;
  }

  seal(kind: PartKind, table: number, rows: number, raw: Buffer): Buffer {
    if (raw.length > PART_BYTES_MAX) throw new RangeError(`A row of ${raw.length} bytes does not fit into a part.`);
    this.#number += 1;
    const packed = compress(raw);
    const isWorthwhile = packed.length < raw.length * WORTHWHILE;
    const body = isWorthwhile ? packed : raw;
    const part = Buffer.alloc(PART_HEAD_BYTES + body.length);
    PART_MARK.copy(part);
    part.writeUInt32LE(this.#number, 4);
    part[8] = PART_KINDS[kind];
    part[9] = isWorthwhile ? CODINGS.zstd : CODINGS.plain;
    part.writeUInt32LE(table, 12);
    part.writeUInt32LE(rows, 16);
    part.writeUInt32LE(raw.length, 20);
    part.writeUInt32LE(body.length, 24);
    body.copy(part, PART_HEAD_BYTES);
    const sum = sha256(Buffer.concat([this.#chain.prefix(part), body]));
    sum.copy(part, SIGNED_BYTES);
    this.#chain.add(sum);
    return part;
  }
}

/** What a head says; a sentence about what is wrong with it when it cannot be one. */
export function decodePartHead(head: Buffer): PartHead | string {
  if (!PART_MARK.equals(head.subarray(0, PART_MARK.length))) return 'does not begin with the mark of a part';
  const kind = KIND_NAMES.get(head[8] ?? 0);
  if (kind === undefined) return `is of a kind (${head[8]}) that does not exist`;
  const coding = head[9] ?? 0;
  if (coding !== CODINGS.plain && coding !== CODINGS.zstd) return `is coded in a way (${coding}) that does not exist`;
  const [number, table, rows] = [head.readUInt32LE(4), head.readUInt32LE(12), head.readUInt32LE(16)];
  const [rawBytes, bodyBytes] = [head.readUInt32LE(20), head.readUInt32LE(24)];
  if (rawBytes > PART_BYTES_MAX || bodyBytes > PART_BYTES_MAX)
    return `claims ${Math.max(rawBytes, bodyBytes)} bytes, more than a part has`;
  return { number, kind, coding, table, rows, rawBytes, bodyBytes };
}

export function digestOf(head: Buffer): Buffer {
  return head.subarray(SIGNED_BYTES, PART_HEAD_BYTES);
}

/** The body as it was before compression. Throws what zlib throws, and a `RangeError` when its size is another one. */
export function unpackBody({ coding, rawBytes }: PartHead, body: Buffer): Buffer {
  const raw = coding === CODINGS.zstd ? decompress(body, Math.max(rawBytes, 1)) : body;
  if (raw.length !== rawBytes) throw new RangeError(`It has ${raw.length} bytes where its head says ${rawBytes}.`);
  return raw;
}

function sha256(bytes: Uint8Array): Buffer {
  return digest('sha256', bytes, 'buffer');
}
