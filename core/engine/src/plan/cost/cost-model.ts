import type { CostModel, PlanFeatures } from './plan-features.ts';

/** What one of each takes, in units of a document that a scan looks at (about half a microsecond); measured, see decision 34. */
const WEIGHTS: PlanFeatures = { seeks: 4, entries: 0.15, gathered: 0.6, scanned: 1, fetched: 3, called: 4, sorted: 2.5 };

const NAMES = Object.keys(WEIGHTS) as (keyof PlanFeatures)[];

/** A weighted sum. */
export const COST_MODEL: CostModel = {
  cost: (features) => NAMES.reduce((sum, name) => sum + WEIGHTS[name] * features[name], 0),
};
