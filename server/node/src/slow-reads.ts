import type { ReadFigures, ReadShape, RecentRead, SlowRead } from '@aerolithdb/database';

/** Shapes that are kept; the one that took least is forgotten first. */
const SHAPES_MAX = 50;
/** Single slow reads that are kept, the last ones. */
const RECENT_MAX = 100;

/** A read that has ended: its shape, how long it took, whether it was ended for that, and what it did. */
export type EndedRead = {
  readonly shape: ReadShape;
  readonly ms: number;
  readonly timedOut: boolean;
  readonly figures: ReadFigures;
};

/** Told of each slow read. */
export type OnSlowRead = (read: Omit<RecentRead, 'at'>) => void;

/** Remembers which reads took long, by their shape: values are left out, so nothing of the data stays here. */
export class SlowReads {
  readonly #shapes = new Map<string, SlowRead>();
  readonly #recent: RecentRead[] = [];
  readonly #now: () => number;
  readonly #onSlow: OnSlowRead;
  #slowMs: number;

  /** Reads of more than `slowMs` milliseconds are slow. `now`: milliseconds since 1970. */
  constructor(slowMs: number, now: () => number, onSlow: OnSlowRead = () => undefined) {
    this.#onSlow = onSlow;
    this.#slowMs = slowMs;
    this.#now = now;
  }

  set slowMs(slowMs: number) {
    this.#slowMs = slowMs;
  }

  /** Takes a read into account, when it took long. */
  record({ shape, ms, timedOut, figures }: EndedRead): void {
    if (ms <= this.#slowMs && !timedOut) return;
    const read = { ...shape, ...figures, ms: Math.round(ms), timedOut };
    this.#onSlow(read);
    this.#recent.unshift({ ...read, at: this.#now() });
    if (this.#recent.length > RECENT_MAX) this.#recent.pop();
    const before = this.#shapes.get(shape.fingerprint);
    const longestMs = Math.round(Math.max(ms, before?.longestMs ?? 0));
    const [times, timeouts] = [(before?.times ?? 0) + 1, (before?.timeouts ?? 0) + (timedOut ? 1 : 0)];
    this.#shapes.set(shape.fingerprint, { ...shape, last: figures, times, timeouts, longestMs, lastAt: this.#now() });
    if (this.#shapes.size > SHAPES_MAX) this.#forgetShortest();
  }

  /** The last one first. */
  recent(): readonly RecentRead[] {
    return this.#recent;
  }

  /** The longest first. */
  list(): readonly SlowRead[] {
    return [...this.#shapes.values()].sort((a, b) => b.longestMs - a.longestMs);
  }

  #forgetShortest(): void {
    const [key] = [...this.#shapes].reduce((least, entry) => (entry[1].longestMs < least[1].longestMs ? entry : least));
    this.#shapes.delete(key);
  }
}
