import type { SlowRead } from '@aerolithdb/database';
import type { ReadRequest } from '@aerolithdb/protocol';

/** Shapes that are kept; the one that took least is forgotten first. */
const SHAPES_MAX = 50;
/** Longer shapes are cut off. */
const SHAPE_LENGTH_MAX = 1000;

/** Told of each slow read: its shape, how long it took, and whether it was ended for that. */
export type OnSlowRead = (read: Shape & { readonly ms: number; readonly timedOut: boolean }) => void;

/** Remembers which reads took long, by their shape: values are left out, so nothing of the data stays here. */
export class SlowReads {
  readonly #shapes = new Map<string, SlowRead>();
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

  /** Takes a read into account that took so many milliseconds, when that is long. */
  record(request: ReadRequest, ms: number, timedOut: boolean): void {
    if (ms <= this.#slowMs && !timedOut) return;
    const shape = shapeOf(request);
    this.#onSlow({ ...shape, ms: Math.round(ms), timedOut });
    const key = JSON.stringify(shape);
    const before = this.#shapes.get(key);
    const longestMs = Math.round(Math.max(ms, before?.longestMs ?? 0));
    const [times, timeouts] = [(before?.times ?? 0) + 1, (before?.timeouts ?? 0) + (timedOut ? 1 : 0)];
    this.#shapes.set(key, { ...shape, times, timeouts, longestMs, lastAt: this.#now() });
    if (this.#shapes.size > SHAPES_MAX) this.#forgetShortest();
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

type Shape = Pick<SlowRead, 'kind' | 'collection' | 'filter' | 'sort' | 'pipeline'>;

function shapeOf(request: ReadRequest): Shape {
  const { kind } = request;
  const filter = 'filter' in request && request.filter !== undefined ? shapeText(request.filter, withoutValues) : undefined;
  const sort = 'sort' in request && request.sort !== undefined ? shapeText(request.sort, (value) => value) : undefined;
  const pipeline = request.kind === 'aggregate' ? shapeText(request.pipeline, withoutValues) : undefined;
  const collection = 'collection' in request ? request.collection : undefined;
  return {
    kind,
    ...(collection !== undefined && { collection }),
    ...(filter !== undefined && { filter }),
    ...(sort !== undefined && { sort }),
    ...(pipeline !== undefined && { pipeline }),
  };
}

function shapeText(text: string, change: (value: unknown) => unknown): string {
  try {
    return JSON.stringify(change(JSON.parse(text))).slice(0, SHAPE_LENGTH_MAX);
  } catch (thrown) {
    if (thrown instanceof SyntaxError) return '?';
    throw thrown;
  }
}

/** Lists of values become `["?"]`, however long; lists of conditions stay. */
function withoutValues(value: unknown): unknown {
  if (Array.isArray(value))
    return [...new Map(value.map((item) => withoutValues(item)).map((item) => [JSON.stringify(item), item])).values()];
  if (typeof value !== 'object' || value === null) return '?';
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, withoutValues(inner)]));
}
