import type { QueryPlan } from './query-plan.ts';
import { bind, onlyIf, raw, sql, TRUE } from './sql-fragment.ts';

/** `visits`: documents that were looked at. `passes`: those of them that the filter selects. */
export type CountedPlan = { readonly plan: QueryPlan; readonly visits: () => number; readonly passes: () => number };

/**
 * The same plan, which counts the documents it looks at. The count is called in front of the filter for each of them, so an index
 * that settles the filter by itself is made to look at the documents too: for `explain` only. `onVisit` may throw to end it.
 */
export function countVisits(plan: QueryPlan, onVisit: (visits: number) => void = () => undefined): CountedPlan {
  let visits = 0;
  let passes = 0;
  const visited = bind(() => {
    onVisit(++visits);
    return true;
  });
  const passed = bind(() => {
    passes++;
    return true;
  });
  const filter = plan.access.exact ? TRUE : plan.where;
  // The row id keeps SQLite from calling them once for all rows.
  const pass = onlyIf(filter, sql`aerolith_test(${passed}, ${raw('d.rid')})`);
  const where = onlyIf(sql`aerolith_test(${visited}, ${raw('d.rid')})`, pass);
  return { plan: { ...plan, access: { ...plan.access, exact: false }, where }, visits: () => visits, passes: () => passes };
}
