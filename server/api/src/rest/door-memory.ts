import { ALL_ENDPOINTS } from './all-endpoints.ts';
import { RATE_BYTES } from './rate-limit.ts';
import { figuresBytes } from './route-figures.ts';
import { COUNTS_BYTES } from './shared-count.ts';

/**
 * Memory of all doors of one node, so that limits hold for them together and each can tell the figures of all. It crosses to other
 * threads as it is.
 */
export type DoorMemory = {
  /** How many doors there are. */
  readonly doors: number;
  /** What is open, see `SharedCount`. */
  readonly counts: SharedArrayBuffer;
  /** What was answered, see `RouteFigures`. */
  readonly figures: SharedArrayBuffer;
  /** Who may still ask, see `RateLimit`. */
  readonly rates: SharedArrayBuffer;
  /** Bytes of the heap of each door. */
  readonly heaps: SharedArrayBuffer;
};

export function doorMemory(doors: number): DoorMemory {
  return {
    doors,
    counts: new SharedArrayBuffer(doors * COUNTS_BYTES),
    figures: new SharedArrayBuffer(doors * figuresBytes(ROUTE_LABELS.length)),
    rates: new SharedArrayBuffer(RATE_BYTES),
    heaps: new SharedArrayBuffer(doors * Float64Array.BYTES_PER_ELEMENT),
  };
}

/** What answers are counted under: a label for each endpoint, and one for requests that reach none. */
export const ROUTE_LABELS: readonly string[] = [...ALL_ENDPOINTS.map(({ method, path }) => `${method} ${path}`), 'unmatched'];
