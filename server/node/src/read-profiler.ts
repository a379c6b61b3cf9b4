import type { ProfiledShape, ReadProfile, RecentRead } from '@aerolithdb/database';
import type { EndedRead } from './slow-reads.ts';

/** Shapes that are kept; the one that took least time is forgotten first. */
const SHAPES_MAX = 200;

/** Adds up where the time of reads goes, by their shapes, out of a sample of them. */
export class ReadProfiler {
  readonly #shapes = new Map<string, ProfiledShape>();
  readonly #now: () => number;
  readonly #since: number;

  /** `now`: milliseconds since 1970. */
  constructor(now: () => number) {
    this.#now = now;
    this.#since = now();
  }

  /** Takes a read into account that stands for so many. */
  record({ shape, ms, figures }: EndedRead, standsFor: number): void {
    const before = this.#shapes.get(shape.fingerprint);
    this.#shapes.set(shape.fingerprint, {
      ...shape,
      reads: (before?.reads ?? 0) + standsFor,
      sampled: (before?.sampled ?? 0) + 1,
      totalMs: (before?.totalMs ?? 0) + ms * standsFor,
      longestMs: Math.max(before?.longestMs ?? 0, ms),
      last: figures,
      lastAt: this.#now(),
    });
    if (this.#shapes.size > SHAPES_MAX) this.#forgetLeast();
  }

  /** `recent`: slow reads, the last one first. */
  profile(recent: readonly RecentRead[]): ReadProfile {
    const shapes = [...this.#shapes.values()].sort((a, b) => b.totalMs - a.totalMs);
    return { since: this.#since, now: this.#now(), shapes, recent };
  }

  #forgetLeast(): void {
    const [key] = [...this.#shapes].reduce((least, entry) => (entry[1].totalMs < least[1].totalMs ? entry : least));
    this.#shapes.delete(key);
  }
}
