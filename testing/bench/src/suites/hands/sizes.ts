/** How much a run measures. */
export type Sizes = {
  /** Cities that are imported and exported; the data set has 135,233. */
  readonly cities: number;
  readonly rounds: number;
  readonly runMs: number;
};

export const FULL: Sizes = { cities: 135_233, rounds: 3, runMs: 4000 };
export const QUICK: Sizes = { cities: 30_000, rounds: 3, runMs: 1000 };
