/**
 * What the planner knows of the values in a collection: the entries that a sample of its documents has in each index. Invariants:
 * 1. Taken by the writer, in the transaction of a block, at moments that follow from the blocks alone (`statistics-due.ts`), of rows that
 *    follow from the row ids alone (`sample-rows.ts`): so a restart, a replay and every replica have the same.
 * 2. Row counts and multikey flags are not here: they are exact, in the counters and the catalogue.
 * 3. They never decide what a query answers, only how.
 */
export type CollectionStatistics = {
  /** The collection's counters when the sample was taken. */
  readonly nextRid: number;
  readonly documents: number;
  /** Documents of the sample. */
  readonly sampled: number;
  /** By the number of the index's table. */
  readonly indexes: Readonly<Record<string, IndexStatistics>>;
};

export type IndexStatistics = {
  /** Entries that the sampled documents have together. */
  readonly entries: number;
  /** Estimated number of different keys in the whole index. */
  readonly distinct: number;
  /** For each document of the sample, in the same order in every index: its keys as hexadecimal, parted by spaces. */
  readonly keys: readonly string[];
};

/** Documents that a sample has. A share of 5 % is then known to about 1 %. */
export const SAMPLE_DOCUMENTS = 512;
/** Keys of one document that are kept, and bytes of each: what is beyond says little. */
export const SAMPLE_KEYS = 32;
export const SAMPLE_KEY_BYTES = 48;
