/**
 * What a cost model is told of one way to answer a query: amounts of work, as the planner expects them, and nothing else. A model that
 * learns from measured queries takes the place of `COST_MODEL` without a change of the planner.
 */
export type PlanFeatures = {
  /** Places in an index that are sought. */
  readonly seeks: number;
  /** Index entries that are read. */
  readonly entries: number;
  /** Row ids that are gathered to be compared or joined before the first document is read. */
  readonly gathered: number;
  /** Documents that are read one behind the other, in the order of rows. */
  readonly scanned: number;
  /** Documents that are read by their row id. */
  readonly fetched: number;
  /** Calls of the reference evaluation. */
  readonly called: number;
  /** Documents that are sorted in memory. */
  readonly sorted: number;
};

export const NO_WORK: PlanFeatures = { seeks: 0, entries: 0, gathered: 0, scanned: 0, fetched: 0, called: 0, sorted: 0 };

/** Features in, cost out. Costs are compared with one another only. */
export type CostModel = { cost(features: PlanFeatures): number };
