import { AerolithError } from '@aerolithdb/protocol';

/** Principals whose rate is told apart; further ones share the places of others. */
const PRINCIPALS = 4096;

/** Of each place: a hash of the name, 0 for none; then the tokens that were spent and not regained, and when that was, in milliseconds. */
const HASHES_BYTES = PRINCIPALS * Int32Array.BYTES_PER_ELEMENT;
const COLUMN_BYTES = PRINCIPALS * Float64Array.BYTES_PER_ELEMENT;

export const RATE_BYTES = HASHES_BYTES + 2 * COLUMN_BYTES;

/**
 * A token bucket for each principal, which the doors of a node share. Time comes in with each call, in milliseconds of a steady clock
 * that is the same for all doors. Two doors that take at the same moment may count as one; zeroed memory is a full bucket.
 */
export class RateLimit {
  readonly #perMs: number;
  readonly #burst: number;
  readonly #hashes: Int32Array;
  readonly #spent: Float64Array;
  readonly #countedAtMs: Float64Array;
  readonly #places = new Map<string, number>();

  constructor(requestsPerSecond: number, burst: number, memory = new SharedArrayBuffer(RATE_BYTES)) {
    this.#perMs = requestsPerSecond / 1000;
    this.#burst = burst;
    this.#hashes = new Int32Array(memory, 0, PRINCIPALS);
    this.#spent = new Float64Array(memory, HASHES_BYTES, PRINCIPALS);
    this.#countedAtMs = new Float64Array(memory, HASHES_BYTES + COLUMN_BYTES, PRINCIPALS);
  }

  /** Takes one token. Throws `overloaded` with `retryAfterSeconds` when there is none. */
  take(principal: string, nowMs: number): void {
    const place = this.#places.get(principal) ?? this.#findPlace(principal);
    const regained = Math.max(0, nowMs - this.#countedAtMs[place]!) * this.#perMs;
    const spent = Math.max(0, this.#spent[place]! - regained);
    const left = this.#burst - spent;
    this.#countedAtMs[place] = nowMs;
    this.#spent[place] = left < 1 ? spent : spent + 1;
    if (left < 1) throw this.#refusal(principal, left);
  }

  #findPlace(principal: string): number {
    const hash = hashOf(principal);
    const first = (hash >>> 0) % PRINCIPALS;
    let place = first;
    while (!this.#isOf(place, hash)) {
      place = (place + 1) % PRINCIPALS;
      if (place === first) break;
    }
    this.#places.set(principal, place);
    return place;
  }

  /** Takes the place where it is free. */
  #isOf(place: number, hash: number): boolean {
    const before = Atomics.compareExchange(this.#hashes, place, 0, hash);
    return before === 0 || before === hash;
  }

  #refusal(principal: string, tokens: number): AerolithError {
    const retryAfterSeconds = Math.max(1, Math.ceil((1 - tokens) / this.#perMs / 1000));
    return new AerolithError(
      'overloaded',
      `"${principal}" makes more requests than its limit; try again in ${retryAfterSeconds} s.`,
      {
        limit: 'requestsPerSecond',
        retryAfterSeconds,
      },
    );
  }
}

/** FNV-1a over UTF-16 units, never 0. Two names of one hash share a bucket, one pair in 4 billion. */
function hashOf(name: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < name.length; at += 1) hash = Math.imul(hash ^ name.charCodeAt(at), 0x01000193);
  return hash | 0 || 1;
}
