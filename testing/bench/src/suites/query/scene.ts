import { join } from 'node:path';
import { cityTexts } from '../../data/cities.ts';
import { documentText } from '../../data/documents.ts';
import { frequentCountries } from '../../data/frequent-countries.ts';
import { staffText } from '../../data/staff.ts';
import { Aerolith } from '../../peers/aerolith.ts';
import { hasPostgis, Postgres, postgresPrograms } from '../../peers/postgres.ts';
import { CITY_INDEXES, DOCUMENT_INDEXES, indexSql, type SharedIndex, STAFF_INDEXES } from './indexes.ts';
import type { Sizes } from './sizes.ts';

/** Cache of a reader, and PostgreSQL's `shared_buffers`. */
export const CACHE_MEGABYTES = 512;

/** What cannot be compared with here, and how to get it. */
export type Absent = { readonly why: string };

/** Both sides, filled. */
export type Scene = {
  readonly sizes: Sizes;
  readonly progress: (what: string) => void;
  readonly folder: string;
  /** Where our data stands, for hand-written SQL on the same file. */
  readonly data: string;
  readonly ours: Aerolith;
  /** The same documents without any index. */
  readonly plain: Aerolith;
  readonly postgres: Postgres | Absent;
  /** Undefined when it is there. */
  readonly postgis: Absent | undefined;
  readonly countries: readonly string[];
};

type Table = { readonly name: string; readonly texts: readonly string[]; readonly indexes: readonly SharedIndex[] };

export async function openScene(folder: string, sizes: Sizes, progress: (what: string) => void): Promise<Scene> {
  const tables: Table[] = [
    { name: 'documents', texts: Array.from({ length: sizes.documents }, (_, n) => documentText(n)), indexes: DOCUMENT_INDEXES },
    { name: 'cities', texts: cityTexts(sizes.cities), indexes: CITY_INDEXES },
    { name: 'staff', texts: Array.from({ length: sizes.staff }, (_, n) => staffText(n)), indexes: STAFF_INDEXES },
  ];
  const data = join(folder, 'indexed');
  const ours = await Aerolith.open(data, { cacheMegabytes: CACHE_MEGABYTES, readTimeoutMs: 300_000 });
  const plain = await Aerolith.open(join(folder, 'plain'), { cacheMegabytes: CACHE_MEGABYTES, readTimeoutMs: 300_000 });
  const postgres = await startPostgres(join(folder, 'peers'));
  for (const table of tables) {
    progress(`loading ${table.texts.length} ${table.name}`);
    await fillOurs(ours, table);
    await fillOurs(plain, { ...table, indexes: [] });
    if (postgres instanceof Postgres) await fillPostgres(postgres, table);
  }
  const postgis = await preparePlaces(postgres);
  return { sizes, progress, folder, data, ours, plain, postgres, postgis, countries: frequentCountries(sizes.documents, 8) };
}

export async function closeScene({ ours, plain, postgres }: Scene): Promise<void> {
  await ours.close();
  await plain.close();
  if (postgres instanceof Postgres) await postgres.close();
}

async function startPostgres(folder: string): Promise<Postgres | Absent> {
  if (postgresPrograms() === undefined) return { why: 'PostgreSQL is missing: apt-get install postgresql-15' };
  return Postgres.start(folder);
}

async function fillOurs(store: Aerolith, { name, texts, indexes }: Table): Promise<void> {
  await store.reset(name, false);
  await store.load(name, texts);
  for (const { ours } of indexes) await store.createIndex(name, ours);
}

async function fillPostgres(postgres: Postgres, { name, texts, indexes }: Table): Promise<void> {
  await postgres.reset(name, false);
  await postgres.load(name, texts);
  await postgres.run(...indexSql(name, indexes), `VACUUM ANALYZE ${name}`);
}

/** Points and words of the cities as columns of their own, which is how the other side is used at its best. */
async function preparePlaces(postgres: Postgres | Absent): Promise<Absent | undefined> {
  if (!(postgres instanceof Postgres)) return postgres;
  await postgres.run(
    'ALTER TABLE cities ADD COLUMN words tsvector',
    "UPDATE cities SET words = to_tsvector('english', doc->>'name')",
    'CREATE INDEX ON cities USING gin (words)',
  );
  if (!hasPostgis()) {
    await postgres.run('VACUUM FULL ANALYZE cities');
    return { why: 'PostGIS is missing: apt-get install postgresql-15-postgis-3' };
  }
  await postgres.run(
    'CREATE EXTENSION postgis',
    'ALTER TABLE cities ADD COLUMN place geography(Point, 4326)',
    "UPDATE cities SET place = ST_SetSRID(ST_GeomFromGeoJSON(doc->'location'), 4326)::geography",
    'CREATE INDEX ON cities USING gist (place)',
    'VACUUM FULL ANALYZE cities',
  );
  return undefined;
}
