import type { ReadRequest } from '@aerolithdb/protocol';

/** Reads of one shape that took long, since the node was started. */
export type SlowRead = {
  readonly kind: ReadRequest['kind'];
  /** Absent for reads of all collections. */
  readonly collection?: string;
  /** Filter and sort as JSON with `?` in place of every value, so that no data shows. */
  readonly filter?: string;
  readonly sort?: string;
  /** Of an aggregation: its stages, likewise. */
  readonly pipeline?: string;
  readonly times: number;
  /** How many of them were ended by the time-out. */
  readonly timeouts: number;
  readonly longestMs: number;
  /** When the last one ended, milliseconds since 1970. */
  readonly lastAt: number;
};
