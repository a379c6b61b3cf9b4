import type { Scorer } from '@aerolithdb/query';
import type { Connection } from '@aerolithdb/storage';
import { rowsAbove, vectorIn } from './vector-table.ts';

/** Bytes of vectors that a connection keeps of one index; those beyond are read anew by each search. */
const KEPT_BYTES = 33_554_432;

/** Scores of vectors by their slots. A slot may have gone: whoever takes one asks the table. */
export type ScoredSlots = { readonly slots: readonly number[]; readonly scores: readonly number[] };

/**
 * The vectors of an index that its graph does not hold: those above a slot. Rows are never changed, so what was read once is kept.
 * Belongs to one connection, whose states only go forward.
 */
export class VectorTail {
  readonly #connection: Connection;
  readonly #table: number;
  readonly #above: number;
  readonly #dimensions: number;
  readonly #slots: number[] = [];
  #vectors: Float32Array;

  constructor(connection: Connection, table: number, above: number, dimensions: number) {
    this.#connection = connection;
    this.#table = table;
    this.#above = above;
    this.#dimensions = dimensions;
    this.#vectors = new Float32Array(16 * dimensions);
  }

  get above(): number {
    return this.#above;
  }

  score(score: Scorer): ScoredSlots {
    const [slots, scores]: [number[], number[]] = [[], []];
    for (let i = 0; i < this.#slots.length; i += 1) {
      slots.push(this.#slots[i]!);
      scores.push(score(this.#vectors.subarray(i * this.#dimensions, (i + 1) * this.#dimensions)));
    }
    for (const [slot, bytes] of rowsAbove(this.#connection, this.#table, this.#slots.at(-1) ?? this.#above)) {
      const vector = vectorIn(bytes);
      slots.push(slot);
      scores.push(score(vector));
      if (this.#isRoomLeft() && slots.length === this.#slots.length + 1) this.#keep(slot, vector);
    }
    return { slots, scores };
  }

  #isRoomLeft(): boolean {
    return 4 * this.#dimensions * (this.#slots.length + 1) <= KEPT_BYTES;
  }

  #keep(slot: number, vector: Float32Array): void {
    const at = this.#slots.length * this.#dimensions;
    if (at + this.#dimensions > this.#vectors.length) {
      const larger = new Float32Array(2 * this.#vectors.length);
      larger.set(this.#vectors);
      this.#vectors = larger;
    }
    this.#vectors.set(vector, at);
    this.#slots.push(slot);
  }
}

const OF_CONNECTION = new WeakMap<Connection, Map<number, VectorTail>>();

/** The tail of an index above a slot; the connection keeps one for each index. */
export function tailAbove(connection: Connection, table: number, above: number, dimensions: number): VectorTail {
  const tails = OF_CONNECTION.get(connection) ?? new Map<number, VectorTail>();
  OF_CONNECTION.set(connection, tails);
  const known = tails.get(table);
  if (known?.above === above) return known;
  const tail = new VectorTail(connection, table, above, dimensions);
  tails.set(table, tail);
  return tail;
}
