import { AerolithError } from '@aerolithdb/protocol';

type Bucket = { tokens: number; filledAtMs: number };

/** A token bucket for each principal. Time comes in with each call, in milliseconds of any steady clock. */
export class RateLimit {
  readonly #perMs: number;
  readonly #burst: number;
  readonly #buckets = new Map<string, Bucket>();

  constructor(requestsPerSecond: number, burst: number) {
    this.#perMs = requestsPerSecond / 1000;
    this.#burst = burst;
  }

  /** Takes one token. Throws `overloaded` with `retryAfterSeconds` when there is none. */
  take(principal: string, nowMs: number): void {
    const bucket = this.#bucket(principal, nowMs);
    bucket.tokens = Math.min(this.#burst, bucket.tokens + (nowMs - bucket.filledAtMs) * this.#perMs);
    bucket.filledAtMs = nowMs;
    if (bucket.tokens < 1) throw this.#refusal(principal, bucket.tokens);
    bucket.tokens -= 1;
  }

  #bucket(principal: string, nowMs: number): Bucket {
    const known = this.#buckets.get(principal);
    if (known !== undefined) return known;
    const made = { tokens: this.#burst, filledAtMs: nowMs };
    this.#buckets.set(principal, made);
    return made;
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
