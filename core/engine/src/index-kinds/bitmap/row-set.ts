/** Rows of one chunk. A chunk is small, so that a write rewrites little. */
export const CHUNK_ROWS = 4096;

const WORDS = CHUNK_ROWS / 32;

export function chunkOf(rid: number): number {
  return Math.floor(rid / CHUNK_ROWS);
}

/** Bits of the rows of one chunk, the least row first. */
export type Chunk = Uint32Array;

export function emptyChunk(): Chunk {
  return new Uint32Array(WORDS);
}

/** A set of row ids: bits by chunk, as in a Roaring bitmap (Chambi, Lemire et al., arXiv:1402.6407) with smaller chunks. */
export class RowSet {
  readonly #chunks: Map<number, Chunk>;

  /** `chunks` are this set's from now on. */
  constructor(chunks: Map<number, Chunk> = new Map()) {
    this.#chunks = chunks;
  }

  get size(): number {
    let size = 0;
    for (const chunk of this.#chunks.values()) size += countBits(chunk);
    return size;
  }

  /** Adds the rows of a chunk to those that are there. */
  add(number: number, chunk: Chunk): void {
    const known = this.#chunks.get(number);
    if (known === undefined) this.#chunks.set(number, chunk);
    else for (let i = 0; i < WORDS; i += 1) known[i]! |= chunk[i]!;
  }

  and(other: RowSet): RowSet {
    return this.#with(other, (a, b) => a & b);
  }

  or(other: RowSet): RowSet {
    const union = new RowSet();
    for (const [number, chunk] of this.#chunks) union.add(number, chunk.slice());
    for (const [number, chunk] of other.#chunks) union.add(number, chunk.slice());
    return union;
  }

  without(other: RowSet): RowSet {
    return this.#with(other, (a, b) => a & ~b);
  }

  /** In ascending order. */
  rids(): number[] {
    const rids: number[] = [];
    for (const number of [...this.#chunks.keys()].sort((a, b) => a - b))
      for (const row of rowsIn(this.#chunks.get(number)!)) rids.push(number * CHUNK_ROWS + row);
    return rids;
  }

  #with(other: RowSet, join: (a: number, b: number) => number): RowSet {
    const joined = new Map<number, Chunk>();
    for (const [number, chunk] of this.#chunks) {
      const against = other.#chunks.get(number) ?? NO_ROWS;
      joined.set(
        number,
        chunk.map((word, i) => join(word, against[i]!)),
      );
    }
    return new RowSet(joined);
  }
}

const NO_ROWS = emptyChunk();

/** The rows of a chunk, counted from its first, ascending. */
export function* rowsIn(chunk: Chunk): Generator<number> {
  for (let i = 0; i < WORDS; i += 1)
    for (let word = chunk[i]!; word !== 0; word &= word - 1) yield 32 * i + (31 - Math.clz32(word & -word));
}

export function countBits(chunk: Chunk): number {
  let count = 0;
  for (let word of chunk) {
    word -= (word >>> 1) & 0x5555_5555;
    word = (word & 0x3333_3333) + ((word >>> 2) & 0x3333_3333);
    count += Math.imul((word + (word >>> 4)) & 0x0f0f_0f0f, 0x0101_0101) >>> 24;
  }
  return count;
}
