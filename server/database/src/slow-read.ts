import type { ReadRequest } from '@aerolithdb/protocol';

/** Reads that differ in their constants alone, as JSON texts with `?` in place of every value, so that no data shows. */
export type ReadShape = {
  readonly kind: ReadRequest['kind'];
  /** Absent for reads of all collections. */
  readonly collection?: string;
  readonly filter?: string;
  readonly sort?: string;
  /** Of an aggregation: its stages. */
  readonly pipeline?: string;
  /** Names the shape: the same on every node and after a restart. */
  readonly fingerprint: string;
};

/** What one read did. Times in milliseconds. */
export type ReadFigures = {
  /** The indexes that it used, or `scan`; absent where nothing is planned, and of a read that was ended. */
  readonly plan?: string;
  /** Entries or documents that it read, at most: a limit may have ended it early. */
  readonly rowsRead?: number;
  readonly rowsReturned?: number;
  /** Until a thread took it; until its plan was made; until its answer was there. */
  readonly waitMs?: number;
  readonly planMs?: number;
  readonly runMs?: number;
};

/** One slow read. `at`: when it ended, milliseconds since 1970. */
export type RecentRead = ReadShape & ReadFigures & { readonly ms: number; readonly timedOut: boolean; readonly at: number };

/** Where the time of reads goes, by their shapes. */
export type ReadProfile = {
  /** Since when it is kept, and now; milliseconds since 1970. */
  readonly since: number;
  readonly now: number;
  /** The shape that took most time first. */
  readonly shapes: readonly ProfiledShape[];
  /** The slow reads that came last, the last one first. */
  readonly recent: readonly RecentRead[];
};

/** Only some reads are looked at, at a bounded rate; each stands for those that came since the one before. */
export type ProfiledShape = ReadShape & {
  /** Reads, estimated from those that were looked at, and how many these were. */
  readonly reads: number;
  readonly sampled: number;
  /** Estimated of all reads; `longestMs` of those that were looked at. */
  readonly totalMs: number;
  readonly longestMs: number;
  /** Of the last one that was looked at. */
  readonly last: ReadFigures;
  readonly lastAt: number;
};

/** Reads of one shape that took long, since the node was started. */
export type SlowRead = ReadShape & {
  /** What the last one did, as far as it was followed. */
  readonly last: ReadFigures;
  readonly times: number;
  /** How many of them were ended by the time-out. */
  readonly timeouts: number;
  readonly longestMs: number;
  /** When the last one ended, milliseconds since 1970. */
  readonly lastAt: number;
};
