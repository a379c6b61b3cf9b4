import type { SkippedRow } from '../../harness/row.ts';
import { Postgres } from '../../peers/postgres.ts';
import { type Ask, type Case, joined, type Measured, measure, type Outcome, rowOf } from './comparison.ts';
import type { ComplexQuery } from './complex/complex-query.ts';
import { COMPLEX_QUERIES } from './complex/index.ts';
import type { Scene } from './scene.ts';

type Sides = 'ours' | 'plain' | 'postgres';

const WORK = 'twelve complex queries, geometric mean';
const AGAINST = { plain: 'our own engine without indexes', postgres: 'PostgreSQL 15, same indexes' };

/** The twelve against our own engine without indexes, and against SQL. The three sides take turns. */
export async function complexRows(scene: Scene): Promise<Outcome> {
  const { postgres, sizes, progress } = scene;
  const done: Measured<Sides>['done'][number][] = [];
  const missing: string[] = [];
  for (const query of COMPLEX_QUERIES) {
    progress(`complex: ${query.name}`);
    const one = await measure([caseOf(scene, query)], sizes);
    done.push(...one.done);
    missing.push(...one.missing);
  }
  const work = missing.length === 0 ? WORK : `${WORK} (${done.length} of them)`;
  const shared = { work, ours: 'ours' } as const;
  const bare = rowOf({ done, missing }, { ...shared, against: AGAINST.plain, other: 'plain', bound: { floor: 10, aim: 30 } });
  if (!(postgres instanceof Postgres)) return joined([bare, skipped(postgres.why)]);
  const compared = done.filter(({ rates }) => rates.postgres !== undefined);
  return joined([
    bare,
    rowOf(
      { done: compared, missing: [] },
      { ...shared, against: AGAINST.postgres, other: 'postgres', bound: { floor: 0.8, aim: 2 } },
    ),
  ]);
}

function skipped(why: string): Outcome {
  const row: SkippedRow = { work: WORK, against: AGAINST.postgres, why };
  return { rows: [], skipped: [row], notes: [] };
}

function caseOf(scene: Scene, query: ComplexQuery): Case<Sides> {
  const { ours, plain, postgres, postgis, countries, sizes } = scene;
  const constants = { countries, staff: sizes.staff };
  const withoutIndexes = query.withoutIndexes ?? query.ours;
  const ask = {
    ours: (n: number) => query.ours(ours, n, constants),
    plain: (n: number) => withoutIndexes(plain, n, constants),
    ...(canAsk(query, postgres, postgis) && {
      postgres: (n: number) => postgres.documents(query.sql, query.values(n, constants)),
    }),
  };
  return { name: query.name, ordered: query.ordered, ask: ask as Record<Sides, Ask> };
}

function canAsk(query: ComplexQuery, postgres: Scene['postgres'], postgis: Scene['postgis']): postgres is Postgres {
  return postgres instanceof Postgres && (query.needsPostgis !== true || postgis === undefined);
}
