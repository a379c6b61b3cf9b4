import type { IndexSpec } from '@aerolithdb/protocol';
import { Postgres } from '../../peers/postgres.ts';
import { type Case, isMissing, measure, type Outcome, rowOf, skip } from './comparison.ts';
import type { Scene } from './scene.ts';

const WORK = 'full text, top 10 by rank';
const AGAINST = 'PostgreSQL tsvector + GIN';
const SEARCHES = ['san', 'saint', 'santa maria', 'nova', 'new town', 'villa', 'lake', 'port', 'santiago', 'hill park'];
/** Share of the found cities in which the sides may differ: they split names into words by rules of their own. */
const TOLERANCE = 0.03;

/** Words in the names of cities. The ranks of the two sides are not the same figures, so it is compared how many cities they find. */
export async function textRow(scene: Scene): Promise<Outcome> {
  const { ours, postgres, sizes, progress } = scene;
  progress(WORK);
  try {
    await ours.createIndex('cities', { name: 'name_text', keys: [['name', 'text']] } as unknown as IndexSpec);
  } catch (error) {
    if (isMissing(error)) return skip(WORK, AGAINST, error.message);
    throw error;
  }
  if (!(postgres instanceof Postgres)) return skip(WORK, AGAINST, postgres.why);
  const measured = await measure([searchCase(scene, postgres)], sizes);
  return rowOf(measured, { work: WORK, against: AGAINST, ours: 'ours', other: 'other', bound: { floor: 1, aim: 3 } });
}

function searchCase({ ours }: Scene, postgres: Postgres): Case {
  const search = (n: number): string => SEARCHES[n % SEARCHES.length]!;
  const anyWord = (n: number): string => search(n).replaceAll(' ', ' | ');
  const sql = `SELECT jsonb_build_object('name', doc->>'name', 'score', ts_rank(words, q)) AS doc
    FROM cities, to_tsquery('english', $1) AS q WHERE words @@ q ORDER BY ts_rank(words, q) DESC LIMIT 10`;
  const score = { $meta: 'textScore' };
  return {
    name: 'search',
    ordered: true,
    verify: async () => {
      for (let n = 0; n < SEARCHES.length; n++) {
        const found = await ours.count({ collection: 'cities', filter: { $text: { $search: search(n) } } });
        const counted = "SELECT count(*)::int AS doc FROM cities WHERE words @@ to_tsquery('english', $1)";
        const others = Number((await postgres.documents(counted, [anyWord(n)]))[0]);
        if (Math.abs(found - others) > Math.max(2, TOLERANCE * others))
          throw new Error(`"${search(n)}" finds ${found} cities in ours and ${others} in the other.`);
      }
    },
    ask: {
      ours: (n) =>
        ours.find({
          collection: 'cities',
          filter: { $text: { $search: search(n) } },
          projection: { _id: 0, name: 1, score },
          sort: { score },
          limit: 10,
        }),
      other: (n) => postgres.documents(sql, [anyWord(n)]),
    },
  };
}
