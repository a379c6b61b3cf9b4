import { type ByHand, openByHand } from '../../peers/by-hand.ts';
import { Postgres } from '../../peers/postgres.ts';
import { type Case, joined, measure, type Outcome, rowOf, skip } from './comparison.ts';
import { CACHE_MEGABYTES, type Scene } from './scene.ts';

const NAMES = ['Paris', 'London', 'Santa Cruz', 'San Antonio'];

/** Queries that no index helps. */
export async function scanRows(scene: Scene): Promise<Outcome> {
  const { sizes, progress, data, postgres } = scene;
  progress('filter scan, full semantics');
  const byHand = openByHand(data, 'documents', CACHE_MEGABYTES);
  const filters = await measure(handCases(scene, byHand), sizes);
  byHand.close();
  const scan = rowOf(filters, {
    work: 'filter scan, full semantics',
    against: 'hand-written SQL, same file',
    ours: 'ours',
    other: 'other',
    bound: { floor: 0.75, aim: 0.95 },
  });
  if (!(postgres instanceof Postgres))
    return joined([scan, skip(COUNT, POSTGRES, postgres.why), skip(GROUP, POSTGRES, postgres.why)]);
  progress('filter scan and count; group by');
  const count = await measure([countCase(scene, postgres)], sizes);
  const group = await measure([groupCase(scene, postgres)], sizes);
  const against = { against: POSTGRES, ours: 'ours', other: 'other' } as const;
  return joined([
    scan,
    rowOf(count, { work: COUNT, ...against, bound: { floor: 0.7, aim: 1.2 } }),
    rowOf(group, { work: GROUP, ...against, bound: { floor: 0.8, aim: 1.5 } }),
  ]);
}

const POSTGRES = 'PostgreSQL 15';
const COUNT = 'filter scan and count';
const GROUP = 'group by + average';

/** Our side checks arrays, types and missing fields as the language asks; the hand-written side knows that it need not. */
function handCases({ ours }: Scene, byHand: ByHand): Case[] {
  const collection = { collection: 'documents', hint: '$natural' };
  const filters = [
    {
      name: 'range',
      filter: (n: number) => ({ population: { $gt: 1_000_000 + n } }),
      sql: "doc->>'$.population' > ?",
      values: (n: number) => [1_000_000 + n],
    },
    {
      name: 'nested text',
      filter: (n: number) => ({ 'owner.contact.email': `owner${n % 1000}@example.org` }),
      sql: "doc->>'$.owner.contact.email' = ?",
      values: (n: number) => [`owner${n % 1000}@example.org`],
    },
    {
      name: 'one of several',
      filter: (n: number) => ({ name: { $in: NAMES }, score: { $lt: 50_000 + n } }),
      sql: "doc->>'$.name' IN (?, ?, ?, ?) AND doc->>'$.score' < ?",
      values: (n: number) => [...NAMES, 50_000 + n],
    },
    {
      name: 'element of an array',
      filter: (n: number) => ({ population: { $gt: 50_000 }, country: { $ne: 'IN' }, tags: `t${n % 50}` }),
      sql: `doc->>'$.population' > 50000 AND doc->>'$.country' <> 'IN'
        AND EXISTS (SELECT 1 FROM json_each(doc, '$.tags') WHERE value = ?)`,
      values: (n: number) => [`t${n % 50}`],
    },
  ];
  return filters.map(({ name, filter, sql, values }) => {
    const statement = byHand.prepare<string>(`SELECT json(doc) FROM documents WHERE ${sql}`);
    const other = async (n: number) => statement(...values(n)).map((text) => JSON.parse(text) as unknown);
    return { name, ordered: false, ask: { ours: (n) => ours.find({ ...collection, filter: filter(n) }), other } };
  });
}

function countCase({ ours }: Scene, postgres: Postgres): Case {
  const sql = "SELECT count(*)::int AS doc FROM documents WHERE (doc->>'population')::bigint > $1";
  return {
    name: 'population',
    ordered: true,
    ask: {
      ours: (n) => ours.count({ collection: 'documents', filter: { population: { $gt: 10_000 + n } } }),
      other: async (n) => (await postgres.documents(sql, [10_000 + n]))[0],
    },
  };
}

function groupCase({ ours }: Scene, postgres: Postgres): Case {
  const pipeline = [{ $group: { _id: '$country', documents: { $sum: 1 }, mean: { $avg: '$score' } } }];
  const sql = `SELECT jsonb_build_object('_id', doc->>'country', 'documents', count(*), 'mean', avg((doc->>'score')::bigint)) AS doc
    FROM documents GROUP BY doc->>'country'`;
  return {
    name: 'country',
    ordered: false,
    ask: { ours: () => ours.aggregate({ collection: 'documents', pipeline }), other: () => postgres.documents(sql) },
  };
}
