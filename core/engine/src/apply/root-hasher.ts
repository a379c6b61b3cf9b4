import { hash as digest } from 'node:crypto';
import type { Hash } from '@aerolithdb/protocol';

const HASH_BYTES = 32;
const LEAF = 0x00;
const NODE = 0x01;
/** A larger leaf gets memory of its own, so that one command does not keep it for good. */
const SCRATCH_BYTES_MAX = 1_048_576;

/**
 * `merkleRoot` of the protocol for leaves that are texts, without making an array for each leaf and node: those were a tenth of the
 * time of a block of single inserts. A test holds it to be the same.
 */
export class RootHasher {
  #scratch = Buffer.alloc(4096);
  readonly #node = Buffer.alloc(1 + 2 * HASH_BYTES, NODE);

  /** RFC 6962 root over leaves as `leafOf` gives them. */
  ofLeaves(leaves: readonly string[]): Hash {
    const level = Buffer.allocUnsafe(HASH_BYTES * leaves.length);
    for (let i = 0; i < leaves.length; i++) level.write(leaves[i]!, i * HASH_BYTES, 'latin1');
    return this.#root(level, leaves.length);
  }

  /** Leaf hash of the UTF-8 of a text, its 32 bytes as latin1 text. */
  leafOf(text: string): string {
    const room = 1 + 3 * text.length;
    const scratch = room > SCRATCH_BYTES_MAX ? Buffer.allocUnsafe(1 + Buffer.byteLength(text)) : this.#scratchOf(room);
    scratch[0] = LEAF;
    const end = 1 + scratch.write(text, 1);
    return digest('sha256', scratch.subarray(0, end), 'binary');
  }

  #scratchOf(bytes: number): Buffer {
    if (this.#scratch.length < bytes) this.#scratch = Buffer.alloc(bytes);
    return this.#scratch;
  }

  /** Reduces the level in place. A last node without a partner rises as it is. */
  #root(level: Buffer, count: number): Hash {
    if (count === 0) return digest('sha256', '', 'hex');
    let width = count;
    while (width > 1) {
      const pairs = width >> 1;
      for (let i = 0; i < pairs; i++) {
        level.copy(this.#node, 1, 2 * i * HASH_BYTES, 2 * (i + 1) * HASH_BYTES);
        level.write(digest('sha256', this.#node, 'binary'), i * HASH_BYTES, 'latin1');
      }
      if (width % 2 === 1) level.copy(level, pairs * HASH_BYTES, (width - 1) * HASH_BYTES, width * HASH_BYTES);
      width = pairs + (width % 2);
    }
    return level.toString('hex', 0, HASH_BYTES);
  }
}

export const roots = new RootHasher();
