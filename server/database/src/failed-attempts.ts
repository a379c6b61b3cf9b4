import { AerolithError } from '@aerolithdb/protocol';
import { DOOR_LIMITS } from './limits.ts';

/** Counts failed attempts by whom they name and where they come from, so that passwords cannot be tried at speed. */
export class FailedAttempts {
  readonly #now: () => number;
  readonly #counts = new Map<string, { count: number; readonly since: number }>();

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Throws `overloaded`, with `retryAfterMs`, when there were too many. */
  assertFew(key: string): void {
    const entry = this.#current(key);
    if (entry === undefined || entry.count < DOOR_LIMITS.failedAttempts) return;
    const retryAfterMs = entry.since + DOOR_LIMITS.failedAttemptsWindowMs - this.#now();
    const seconds = Math.ceil(retryAfterMs / 1000);
    throw new AerolithError('overloaded', `Too many failed attempts to sign in; try again in ${seconds} seconds.`, {
      retryAfterMs,
    });
  }

  add(key: string): void {
    const entry = this.#current(key);
    if (entry !== undefined) {
      entry.count += 1;
      return;
    }
    if (this.#counts.size >= DOOR_LIMITS.failedAttemptsTracked) this.#counts.delete(this.#counts.keys().next().value!);
    this.#counts.set(key, { count: 1, since: this.#now() });
  }

  forget(key: string): void {
    this.#counts.delete(key);
  }

  #current(key: string) {
    const entry = this.#counts.get(key);
    if (entry === undefined || this.#now() - entry.since < DOOR_LIMITS.failedAttemptsWindowMs) return entry;
    this.#counts.delete(key);
    return undefined;
  }
}
