import type { Connection } from '@aerolithdb/storage';
import { countVisits } from './count-visits.ts';
import type { QueryPlan } from './query-plan.ts';
import { raw } from './sql-fragment.ts';
import { walk } from './walk.ts';

/** `ended`: it came to its end, or to the documents that are wanted, within the trial. */
export type Trial = { readonly entries: number; readonly rows: number; readonly ended: boolean };

/** Documents that a trial looks at. */
const VISITS_MAX = 10_000;

class TrialIsOver extends Error {}

/** Runs a plan without giving out its documents, until it has found `wanted` of them or looked at so many that it is enough. */
export function tryPlan(connection: Connection, plan: QueryPlan, wanted = Number.POSITIVE_INFINITY): Trial {
  const counted = countVisits(plan, (visits) => {
    if (visits > VISITS_MAX) throw new TrialIsOver();
  });
  let rows = 0;
  try {
    for (const _row of walk<[number]>(connection, counted.plan, raw('d.rid'))) {
      rows++;
      if (rows >= wanted) break;
    }
  } catch (error) {
    if (!(error instanceof TrialIsOver)) throw error;
    return { entries: VISITS_MAX, rows, ended: false };
  }
  return { entries: counted.visits(), rows, ended: true };
}
