import { appendFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3-multiple-ciphers';
import { interleave, type Side } from '../../harness/rounds.ts';
import type { Row } from '../../harness/row.ts';
import { secondsOf } from '../../harness/run-program.ts';
import { sqlitePrinter } from '../../peers/sqlite-printer.ts';
import type { Served } from './served.ts';

/** Documents for each city, so that the start of a program does not decide. */
const COPIES = 10;

/**
 * The export of a collection, against SQLite printing the same documents out of a plain file of its own. The harder comparison stands in for the
 * fair one where that cannot be made, and is told by the note in any case. Each from the start of its program to its end,
 * into a file that is not there yet; the size of what is written is compared.
 */
export async function exportRow(
  served: Served,
  folder: string,
  texts: readonly string[],
  rounds: number,
): Promise<{ row: Row; note: string }> {
  const documents = texts.length * COPIES;
  const source = join(folder, 'many-cities.ndjson');
  const tables = join(folder, 'cities.sqlite');
  fill(source, tables, texts);
  await served.seconds(['import', 'exported', source]);
  const bytes = statSync(source).size;
  rmSync(source);
  const printer = sqlitePrinter();
  const rateOf = async (run: (file: string) => Promise<number>): Promise<number> => {
    const file = join(folder, 'exported.ndjson');
    const seconds = await run(file);
    const size = statSync(file).size;
    rmSync(file);
    if (size !== bytes) throw new Error(`${size} bytes were written, not ${bytes}`);
    return documents / seconds;
  };
  const print = (command: string, sql: string) => () =>
    rateOf((outputFile) => secondsOf({ command, argv: [tables, sql], outputFile }));
  const sides: Record<string, Side> = {
    ours: () => rateOf((file) => served.seconds(['export', 'exported', file])),
    text: print('sqlite3', 'SELECT doc FROM texts'),
    ...(printer !== undefined && { jsonb: print(printer.command, 'SELECT json(doc) FROM documents') }),
  };
  const { ours = 0, jsonb, text = 0 } = await interleave(sides, rounds);
  const against = printer === undefined ? 'sqlite3 printing text as it is' : `${printer.name} printing json(doc) of JSONB`;
  const row: Row = {
    work: `export of ${documents} cities, NDJSON`,
    against,
    measure: 'rate',
    unit: 'docs/s',
    ours,
    other: jsonb ?? text,
    bound: { floor: 0.5, aim: 0.9 },
  };
  const figure = Math.round(text).toLocaleString('en-US');
  const note = `Export: both sides from the start of the program to its end. sqlite3 printing a column of text as it is: ${figure} docs/s, ratio ${(ours / text).toFixed(2)}.`;
  return { row, note };
}

/** The documents as a file to import, as a table of JSONB and as a table of text, in the same order. */
function fill(source: string, tables: string, texts: readonly string[]): void {
  const database = new Database(tables);
  database.exec('CREATE TABLE documents(id INTEGER PRIMARY KEY, doc BLOB); CREATE TABLE texts(id INTEGER PRIMARY KEY, doc TEXT)');
  const insert = database.prepare('INSERT INTO documents(doc) VALUES (jsonb(?))');
  const insertText = database.prepare('INSERT INTO texts(doc) VALUES (?)');
  for (let copy = 0; copy < COPIES; copy++) {
    const copies = texts.map((text) => text.replace(/^\{"_id":(\d+)/, (_, id: string) => `{"_id":${Number(id) * COPIES + copy}`));
    database.transaction(() => {
      for (const text of copies) insert.run(text);
    })();
    database.transaction(() => {
      for (const text of copies) insertText.run(text);
    })();
    appendFileSync(source, `${copies.join('\n')}\n`);
  }
  database.close();
}
