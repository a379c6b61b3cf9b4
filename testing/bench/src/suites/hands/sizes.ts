/** How much a run measures. */
export type Sizes = {
  /** Cities that are imported and exported; the data set has 135,233. */
  readonly cities: number;
  /** Documents of the backup that is restored. */
  readonly restored: number;
  readonly rounds: number;
  readonly runMs: number;
};

export const FULL: Sizes = { cities: 135_233, restored: 200_000, rounds: 3, runMs: 4000 };
export const QUICK: Sizes = { cities: 30_000, restored: 20_000, rounds: 3, runMs: 1000 };
