/**
 * The body of a block as the ledger keeps it. Invariants:
 * 1. Body = zstd( u32 manifest bytes | manifest (JSON) | u32 changes | u32 frame bytes, one a change | frames ). Little endian.
 * 2. Frame i is the post-image (stored text, UTF-8) of change i of the block; it has no bytes when the change has none.
 *    So the frame of a version is the one at `indexOf(version)`.
 * 3. The manifest holds what is not a post-image: commands (whose documents refer to frames where these are the same text),
 *    outcomes, changes, and each touched collection's chain hash before the block.
 * 4. The body is derived data: hashes are over commands and changes, so another compression is no other block.
 */
import type { Hash } from '@aerolithdb/protocol';
import type { KeptCommand } from './kept-command.ts';
import { compress, decompress } from './zstd.ts';

export const BODY_FORMAT = 1;

/** `name` and table number of a collection that the block changed, and its chain hash before the block. */
export type TouchedCollection = readonly [name: string, table: number, chain: Hash];

/** `collection` is a place in `Manifest.collections`; `id` is absent for changes of the collection itself. */
export type KeptChange = readonly [kind: number, collection: number, id?: string];

export type Manifest = {
  readonly format: typeof BODY_FORMAT;
  readonly commands: readonly KeptCommand[];
  /** One a command: `ok`, `repeated`, or the code of the refusal. */
  readonly outcomes: readonly string[];
  readonly collections: readonly TouchedCollection[];
  readonly changes: readonly KeptChange[];
};

const CHUNK_BYTES_MIN = 4096;
const EMPTY = Buffer.alloc(0);

/** `frames[i]`: post-image of change i, `undefined` when it has none. */
export function encodeBody(manifest: Manifest, frames: readonly (string | undefined)[]): Buffer {
  const manifestText = JSON.stringify(manifest);
  const manifestBytes = Buffer.byteLength(manifestText);
  const lengths = frames.map((frame) => (frame === undefined ? 0 : Buffer.byteLength(frame)));
  const total = lengths.reduce((sum, length) => sum + length, 8 + manifestBytes + 4 * frames.length);
  const bytes = Buffer.allocUnsafe(total);
  let offset = bytes.writeUInt32LE(manifestBytes, 0);
  offset += bytes.write(manifestText, offset);
  offset = bytes.writeUInt32LE(frames.length, offset);
  for (const length of lengths) offset = bytes.writeUInt32LE(length, offset);
  for (const frame of frames) if (frame !== undefined) offset += bytes.write(frame, offset);
  // The known size makes zstd take smaller tables; half of it is room enough for one chunk of output.
  return compress(bytes, { chunkSize: Math.max(CHUNK_BYTES_MIN, total >> 1), pledgedSrcSize: total });
}

/** A body, decompressed; nothing in it is parsed before it is asked for. */
export class BlockBody {
  readonly #bytes: Buffer;
  readonly #manifestEnd: number;
  /** Start of each frame, and the end of the last. */
  readonly #starts: Uint32Array;
  #manifest: Manifest | undefined;

  private constructor(bytes: Buffer) {
    this.#bytes = bytes;
    this.#manifestEnd = 4 + bytes.readUInt32LE(0);
    const count = bytes.readUInt32LE(this.#manifestEnd);
    this.#starts = new Uint32Array(count + 1);
    const lengthsAt = this.#manifestEnd + 4;
    let offset = lengthsAt + 4 * count;
    for (let index = 0; index < count; index++) {
      this.#starts[index] = offset;
      offset += bytes.readUInt32LE(lengthsAt + 4 * index);
    }
    this.#starts[count] = offset;
    if (offset !== bytes.length)
      throw new RangeError(`A block body has ${bytes.length} bytes where its frames end at ${offset}.`);
  }

  static decode(compressed: Uint8Array): BlockBody {
    return new BlockBody(decompress(compressed));
  }

  /** Bytes it takes in memory. */
  get byteLength(): number {
    return this.#bytes.length;
  }

  get changeCount(): number {
    return this.#starts.length - 1;
  }

  get manifest(): Manifest {
    this.#manifest ??= JSON.parse(this.#bytes.toString('utf8', 4, this.#manifestEnd)) as Manifest;
    return this.#manifest;
  }

  /** UTF-8 stored text of the document after change `index`, not copied; empty when that change left none. */
  frameBytes(index: number): Buffer {
    const start = this.#starts[index];
    const end = this.#starts[index + 1];
    return start === undefined || end === undefined ? EMPTY : this.#bytes.subarray(start, end);
  }

  /** Stored text of the document after change `index`; `undefined` when that change left none. */
  frame(index: number): string | undefined {
    const bytes = this.frameBytes(index);
    return bytes.length === 0 ? undefined : bytes.toString('utf8');
  }
}
