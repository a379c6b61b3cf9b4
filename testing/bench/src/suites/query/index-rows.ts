import { groups } from '../../data/documents.ts';
import { Postgres } from '../../peers/postgres.ts';
import { type Case, joined, measure, type Outcome, rowOf, skip } from './comparison.ts';
import type { Scene } from './scene.ts';

const WORKS = ['indexed find of 20', 'sort on the index, 20 of them', 'covered count'] as const;
const POSTGRES = 'PostgreSQL 15, same indexes';

/** Queries that one index answers. */
export async function indexRows(scene: Scene): Promise<Outcome> {
  const { postgres, sizes, progress } = scene;
  if (!(postgres instanceof Postgres)) return joined(WORKS.map((work) => skip(work, POSTGRES, postgres.why)));
  const outcomes: Outcome[] = [];
  for (const one of cases(scene, postgres)) {
    progress(one.name);
    const spec = { work: one.name, against: POSTGRES, ours: 'ours', other: 'other', bound: { floor: 1.3, aim: 2.5 } } as const;
    outcomes.push(rowOf(await measure([one], sizes), spec));
  }
  return joined(outcomes);
}

function cases({ ours, countries, sizes }: Scene, postgres: Postgres): Case[] {
  const collection = 'documents';
  const group = (n: number): number => (n * 7919) % groups(sizes.documents);
  const country = (n: number): string => countries[n % countries.length]!;
  const low = (n: number): number => (n * 7919) % 90_000;
  return [
    {
      name: WORKS[0],
      ordered: false,
      ask: {
        ours: (n) => ours.find({ collection, filter: { grp: group(n) } }),
        other: (n) => postgres.documents("SELECT doc FROM documents WHERE (doc->>'grp')::bigint = $1", [group(n)]),
      },
    },
    {
      name: WORKS[1],
      ordered: true,
      ask: {
        ours: async (n) => {
          const filter = { country: country(n) };
          return populations(await ours.find({ collection, filter, sort: { population: -1 }, limit: 20 }));
        },
        other: async (n) => {
          const sql = `SELECT doc FROM documents WHERE doc->>'country' = $1 ORDER BY (doc->>'population')::bigint DESC LIMIT 20`;
          return populations(await postgres.documents(sql, [country(n)]));
        },
      },
    },
    {
      name: WORKS[2],
      ordered: true,
      ask: {
        ours: (n) => ours.count({ collection, filter: { score: { $gte: low(n), $lt: low(n) + 10_000 } } }),
        other: async (n) => {
          const sql = `SELECT count(*)::int AS doc FROM documents WHERE (doc->>'score')::bigint >= $1 AND (doc->>'score')::bigint < $2`;
          return (await postgres.documents(sql, [low(n), low(n) + 10_000]))[0];
        },
      },
    },
  ];
}

/** Documents with the same population may come in any order. */
function populations(documents: readonly unknown[]): number[] {
  return (documents as { population: number }[]).map(({ population }) => population);
}
