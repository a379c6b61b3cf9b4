/** What is counted: each door has words of its own for it, on a cache line of its own. */
const COUNTED = ['connections', 'requests', 'streams'] as const;

type Counted = (typeof COUNTED)[number];

/** Of one door. */
export const COUNTS_BYTES = 64;
const WORDS = COUNTS_BYTES / Int32Array.BYTES_PER_ELEMENT;

/** How many of a kind are open at the doors of a node. */
export class SharedCount {
  readonly #words: Int32Array;
  readonly #own: number;
  readonly #first: number;

  /** `place`: of the door that counts. */
  constructor(memory: SharedArrayBuffer, place: number, counted: Counted) {
    this.#words = new Int32Array(memory);
    this.#first = COUNTED.indexOf(counted);
    this.#own = place * WORDS + this.#first;
  }

  add(difference: 1 | -1): void {
    Atomics.add(this.#words, this.#own, difference);
  }

  /** At all doors. */
  get total(): number {
    let total = 0;
    for (let at = this.#first; at < this.#words.length; at += WORDS) total += Atomics.load(this.#words, at);
    return total;
  }
}

/** Takes back what a door that is gone has counted. */
export function resetCounts(memory: SharedArrayBuffer, place: number): void {
  const words = new Int32Array(memory, place * COUNTS_BYTES, WORDS);
  for (let at = 0; at < WORDS; at += 1) Atomics.store(words, at, 0);
}
