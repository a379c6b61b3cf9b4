import type { QueryPlan } from './query-plan.ts';
import { bind, onlyIf, raw, sql, TRUE } from './sql-fragment.ts';

/**
 * The same plan, which counts the documents it looks at. The count is called in front of the filter for each of them, so an index
 * that settles the filter by itself is made to look at the documents too: for `explain` only.
 */
export function countVisits(plan: QueryPlan): { readonly plan: QueryPlan; readonly visits: () => number } {
  let visits = 0;
  const count = bind(() => {
    visits++;
    return true;
  });
  const filter = plan.access.exact ? TRUE : plan.where;
  // The row id keeps SQLite from calling it once for all rows.
  const where = onlyIf(sql`aerolith_test(${count}, ${raw('d.rid')})`, filter);
  return { plan: { ...plan, access: { ...plan.access, exact: false }, where }, visits: () => visits };
}
