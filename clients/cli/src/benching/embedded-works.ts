import { join } from 'node:path';
import { openDatabase, type RunningDatabase } from '@aerolithdb/node';
import { grouped } from '../terminal/figures.ts';
import type { Bench } from './bench.ts';
import { CITIES, personText } from './bench-documents.ts';

const BATCH = 1000;
/** So many people are loaded at most, so that a scan of them stays short. */
const PEOPLE_MAX = 100_000;

/** The database in this process, without a server. */
export async function runEmbedded(bench: Bench, folder: string): Promise<void> {
  await using running = await openDatabase(join(folder, 'embedded'));
  const { database, session } = running;
  for (const collection of ['inserts', 'people']) {
    await database.execute(session, { type: 'createCollection', collection, options: {} });
  }
  let next = 0;
  const insert = () => insertInto(running, 'inserts', [personText(next++)]);
  await bench.run('embedded: insert', { callers: 1 }, insert);
  await bench.run('embedded: insert', { callers: 32 }, insert);
  const people = await loadPeople(bench, running);
  await runReads(bench, running, people);
}

function insertInto({ database, session }: RunningDatabase, collection: string, documents: string[]): Promise<unknown> {
  return database.execute(session, { type: 'insert', collection, documents });
}

/** Returns how many there are. */
async function loadPeople(bench: Bench, running: RunningDatabase): Promise<number> {
  let loaded = 0;
  await bench.run('embedded: bulk load, 1,000 a batch', { callers: 2, each: BATCH, times: PEOPLE_MAX / BATCH }, () => {
    const first = loaded;
    loaded += BATCH;
    return insertInto(
      running,
      'people',
      Array.from({ length: BATCH }, (_, n) => personText(first + n)),
    );
  });
  const { database, session } = running;
  const index = { name: 'city', keys: [['city', 1]] } as const;
  await database.execute(session, { type: 'createIndex', collection: 'people', index });
  return loaded;
}

async function runReads(bench: Bench, { database, session }: RunningDatabase, people: number): Promise<void> {
  await bench.run('embedded: get by id', { callers: 1 }, async (n) => {
    await database.getRaw(session, 'people', String((n * 7919) % people));
  });
  await bench.run('embedded: find by an index, 10 documents', { callers: 1 }, (n) =>
    database.read(session, { kind: 'find', collection: 'people', filter: `{"city":${n % CITIES}}`, limit: 10 }),
  );
  await bench.run(`embedded: count, a scan of ${grouped(people)} documents`, { callers: 1 }, () =>
    database.read(session, { kind: 'count', collection: 'people', filter: '{"score":{"$gte":500}}' }),
  );
}
