import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3-multiple-ciphers';
import { cityTexts } from '../../data/cities.ts';
import { interleave } from '../../harness/rounds.ts';
import type { Row } from '../../harness/row.ts';
import { secondsOf } from '../../harness/run-program.ts';
import { Aerolith } from '../../peers/aerolith.ts';
import type { Served } from './served.ts';
import type { Sizes } from './sizes.ts';

/** Files into a running node and out of it, through the command line, each from the start of the program to its end. */
export async function fileRows(served: Served, folder: string, { cities, rounds }: Sizes): Promise<Row[]> {
  const texts = cityTexts(cities);
  const file = join(folder, 'cities.ndjson');
  writeFileSync(file, `${texts.join('\n')}\n`);
  return [await importRow(served, folder, file, texts, rounds), await exportRow(served, folder, texts, rounds)];
}

async function importRow(served: Served, folder: string, file: string, texts: readonly string[], rounds: number): Promise<Row> {
  const embedded = await Aerolith.open(join(folder, 'embedded'));
  let round = 0;
  const load = async (): Promise<number> => {
    await embedded.reset('cities', false);
    const start = performance.now();
    await embedded.load('cities', texts);
    return (texts.length / (performance.now() - start)) * 1000;
  };
  const figures = await interleave(
    { ours: async () => texts.length / (await served.seconds(['import', `cities${++round}`, file])), other: load },
    rounds,
  );
  await embedded.close();
  return {
    work: `import of ${texts.length} cities by the command line`,
    against: 'embedded bulk load',
    measure: 'rate',
    unit: 'docs/s',
    ...figures,
    bound: { floor: 0.5, aim: 0.8 },
  };
}

/** SQLite's own program prints the same documents out of a table of JSON. */
async function exportRow(served: Served, folder: string, texts: readonly string[], rounds: number): Promise<Row> {
  const cities = texts.length;
  const database = join(folder, 'cities.sqlite');
  fillTable(database, texts);
  const printed = { command: 'sqlite3', argv: [database, 'SELECT doc FROM cities'], outputFile: join(folder, 'printed.ndjson') };
  const figures = await interleave(
    {
      ours: async () => cities / (await served.seconds(['export', 'cities1', join(folder, 'exported.ndjson')])),
      other: async () => cities / (await secondsOf(printed)),
    },
    rounds,
  );
  return {
    work: `export of ${cities} cities, NDJSON`,
    against: 'sqlite3 printing the same JSON',
    measure: 'rate',
    unit: 'docs/s',
    ...figures,
    bound: { floor: 0.5, aim: 0.9 },
  };
}

function fillTable(file: string, texts: readonly string[]): void {
  const database = new Database(file);
  database.exec('CREATE TABLE cities(doc TEXT)');
  const insert = database.prepare('INSERT INTO cities VALUES (?)');
  database.transaction(() => {
    for (const text of texts) insert.run(text);
  })();
  database.close();
}
