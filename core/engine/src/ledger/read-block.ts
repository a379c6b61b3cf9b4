import type { Hash, Head } from '@aerolithdb/protocol';
import { heightOf, indexOf } from '@aerolithdb/protocol';
import type { Connection } from '@aerolithdb/storage';
import { BlockBody } from './block-body.ts';

const EMPTY_CHAIN: Head = { height: 0, hash: '0'.repeat(64), time: 0 };
/** Bytes of decompressed bodies that one cache keeps. */
const CACHE_BYTES = 33_554_432;

export type StoredBlock = {
  readonly height: number;
  readonly time: number;
  readonly hash: Hash;
  /** As `encodeHeader` made it. */
  readonly header: Uint8Array;
  readonly body: BlockBody;
};

/** The last block of the state that `connection` sees. */
export function readHead(connection: Connection): Head {
  const sql = 'SELECT height, time, hash FROM blocks ORDER BY height DESC LIMIT 1';
  const row = connection.prepare<[number, number, Buffer]>(sql, 'raw').get();
  return row === undefined ? EMPTY_CHAIN : { height: row[0], time: row[1], hash: row[2].toString('hex') };
}

/** The block at that height; `undefined` when there is none. */
export function readBlock(connection: Connection, height: number): StoredBlock | undefined {
  const sql = 'SELECT time, hash, header, body FROM blocks WHERE height = ?';
  const row = connection.prepare<[number, Buffer, Buffer, Buffer]>(sql, 'raw').get(height);
  if (row === undefined) return undefined;
  return { height, time: row[0], hash: row[1].toString('hex'), header: row[2], body: BlockBody.decode(row[3]) };
}

/** Blocks that were read lately, decompressed. Blocks never change, so nothing in it goes stale. */
export class BlockCache {
  readonly #connection: Connection;
  readonly #bytesMax: number;
  readonly #blocks = new Map<number, StoredBlock>();
  #bytes = 0;

  constructor(connection: Connection, bytesMax: number = CACHE_BYTES) {
    this.#connection = connection;
    this.#bytesMax = bytesMax;
  }

  block(height: number): StoredBlock | undefined {
    const known = this.#blocks.get(height);
    if (known !== undefined) {
      this.#blocks.delete(height);
      this.#blocks.set(height, known);
      return known;
    }
    const block = readBlock(this.#connection, height);
    if (block !== undefined) this.#keep(block);
    return block;
  }

  /** Stored text of the document that the change at this position left; `undefined` when it left none. */
  postImage(version: number): string | undefined {
    const block = this.block(heightOf(version));
    if (block === undefined)
      throw new RangeError(`Version ${version} names block ${heightOf(version)}, which the ledger does not hold.`);
    return block.body.frame(indexOf(version));
  }

  #keep(block: StoredBlock): void {
    this.#blocks.set(block.height, block);
    this.#bytes += block.body.byteLength;
    for (const [height, oldest] of this.#blocks) {
      if (this.#bytes <= this.#bytesMax || this.#blocks.size === 1) return;
      this.#blocks.delete(height);
      this.#bytes -= oldest.body.byteLength;
    }
  }
}
