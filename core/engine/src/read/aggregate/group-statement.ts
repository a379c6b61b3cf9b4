import type { Path } from '@aerolithdb/query';
import { jsonPath } from '../../plan/json-path.ts';
import type { QueryPlan } from '../../plan/query-plan.ts';
import { type Fragment, raw, sql } from '../../plan/sql-fragment.ts';
import { walkStatements } from '../../plan/walk.ts';
import { extremeColumns, type Gathering, oddType, sumColumns } from './group-columns.ts';
import { type GroupParts, pathsOf, throughArray } from './group-parts.ts';

/** A row that a statement of `groupStatements` gives: what it says of one group in one interval. */
export type GroupRow = readonly [rows: number, odd: 0 | 1, ...columns: (string | number | null)[]];

/**
 * The statements that group, one an interval of the plan; what they give of one group is put together by the caller. Columns: how many
 * rows, whether one of them is such that SQL cannot judge it, the texts of the keys, then those of each gathering.
 *
 * The inner statement takes the fields out first, so that SQLite sorts these and not whole documents; without its LIMIT the two would
 * be made one.
 */
export function* groupStatements(plan: QueryPlan, parts: GroupParts, gatherings: readonly Gathering[]): Generator<Fragment> {
  const fields = fieldsOf(gatherings);
  const keys = parts.keys.map(({ path }, i) => sql`d.doc -> ${jsonPath(path)} AS ${raw(`k${i}`)}`);
  const values = fields.map(
    (path, i) => sql`json_type(d.doc, ${jsonPath(path)}) AS ${raw(`t${i}`)}, d.doc ->> ${jsonPath(path)} AS ${raw(`v${i}`)}`,
  );
  const inner = list([sql`${throughArray(pathsOf(parts))} AS odd`, ...keys, ...values]);
  const names = parts.keys.map((_, i) => raw(`k${i}`));
  const place = ({ path }: Gathering) => fields.findIndex((field) => field.join('.') === path.join('.'));
  const odd = ['odd', ...gatherings.map((gathering) => oddType(gathering, place(gathering)))].join(' OR ');
  const columns = gatherings.map((gathering) => raw(columnsOf(gathering, place(gathering))));
  const outer = list([raw('count(*)'), raw(`max(${odd})`), ...names, ...columns]);
  const by = names.length === 0 ? raw('') : sql` GROUP BY ${list(names)}`;
  for (const statement of walkStatements(plan, inner)) yield sql`SELECT ${outer} FROM (${statement} LIMIT -1)${by}`;
}

function columnsOf(gathering: Gathering, place: number): string {
  return gathering.of === 'sum' ? sumColumns(place) : extremeColumns(place, gathering.of);
}

function fieldsOf(gatherings: readonly Gathering[]): readonly Path[] {
  return [...new Map(gatherings.map(({ path }) => [path.join('.'), path])).values()];
}

function list(fragments: readonly Fragment[]): Fragment {
  return fragments.reduce((a, b) => sql`${a}, ${b}`);
}
