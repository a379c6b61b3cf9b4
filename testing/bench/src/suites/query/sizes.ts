/** How much a run measures. */
export type Sizes = {
  readonly documents: number;
  /** For text and geo; the data set has 135,233. */
  readonly cities: number;
  /** A tree of persons, for joins and graphs. */
  readonly staff: number;
  readonly vectors: number;
  /** Documents of the memory row. */
  readonly counted: number;
  readonly rounds: number;
  /** Of one query on one side in one round; a query that takes longer runs once. */
  readonly runMs: number;
};

export const FULL: Sizes = {
  documents: 200_000,
  cities: 135_233,
  staff: 20_000,
  vectors: 100_000,
  counted: 3_000_000,
  rounds: 3,
  runMs: 1000,
};
export const QUICK: Sizes = {
  documents: 20_000,
  cities: 40_000,
  staff: 5000,
  vectors: 5000,
  counted: 100_000,
  rounds: 3,
  runMs: 200,
};
