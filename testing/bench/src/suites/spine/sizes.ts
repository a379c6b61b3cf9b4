/** How much a run measures. */
export type Sizes = {
  /** Documents in the collection that is read. */
  readonly documents: number;
  /** Documents of one bulk load. */
  readonly load: number;
  readonly rounds: number;
  readonly runMs: number;
  /** Documents of the memory row; 0 leaves it out. */
  readonly memoryDocuments: number;
  readonly memoryMs: number;
};

export const FULL: Sizes = {
  documents: 200_000,
  load: 100_000,
  rounds: 3,
  runMs: 4000,
  memoryDocuments: 1_000_000,
  memoryMs: 600_000,
};
export const QUICK: Sizes = { documents: 20_000, load: 20_000, rounds: 3, runMs: 1000, memoryDocuments: 0, memoryMs: 0 };
