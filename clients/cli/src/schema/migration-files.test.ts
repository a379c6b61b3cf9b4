import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { CliError } from '../program/cli-error.ts';
import { callSentence, callText } from './call.ts';
import { loadMigration } from './load-migration.ts';
import { fileOfVersion, readMigrationFiles } from './migration-files.ts';

let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aerolith-migrations-'));
});
after(() => rm(folder, { recursive: true }));

const BROKEN: readonly (readonly [name: string, content: string | object, sentence: RegExp])[] = [
  ['0002-a.json', '{"up": [}', /0002-a\.json cannot be used: .*line 1/],
  ['0002-a.json', '{"up": [], "up": []}', /0002-a\.json cannot be used: .*"up"/],
  ['0002-a.json', '[]', /0002-a\.json cannot be used/],
  ['0002-a.json', { down: [] }, /it has no "up"/],
  ['0002-a.json', { up: [], donw: [] }, /it has "donw"; did you mean "down"\?/],
  ['0002-a.json', { up: {} }, /"up" must be a list of steps\./],
  ['0002-a.json', { up: [5] }, /step 1 of "up": A step must be an object/],
  ['0002-a.json', { up: [{ createColection: 'x' }] }, /"createColection" is not known; did you mean "createCollection"\?/],
  ['0002-a.json', { up: [{ createIndex: 'x', keys: { a: 1 }, uniqe: true }] }, /takes no "uniqe"; did you mean "unique"\?/],
  ['0002-a.json', { up: [{ createIndex: 'x', keys: { a: 2 } }] }, /direction of "a" must be 1 or -1/],
  ['0002-a.json', { up: [{ createIndex: 'x' }] }, /"keys" must be an object/],
  ['0002-a.json', { up: [{ createIndex: 'x', keys: {} }] }, /"keys" must name at least one path/],
  ['0002-a.json', { up: [{ createCollection: 5 }] }, /"createCollection" must name a collection/],
  ['0002-a.json', { up: [{ alterCollection: 'x' }] }, /"alterCollection" needs "schema"/],
  ['0002-a.json', { up: [], down: [{ dropIndex: 'x' }] }, /step 1 of "down": "dropIndex" needs "name"/],
  ['0002-a.json', { up: [{ updateDocuments: 'x', update: {}, size: 5000 }] }, /whole number from 1 to 999/],
  ['0002-a.ts', 'export const up = [;', /0002-a\.ts cannot be used: .*SyntaxError/],
  ['0002-b.ts', 'throw new Error("no such luck"); export const up = [];', /0002-b\.ts cannot be used: Error: no such luck/],
  ['0002-c.ts', 'export const up = 5;', /"up" must be a list of steps or a function/],
  ['0002-d.ts', 'enum A { B } export const up = [A.B];', /0002-d\.ts cannot be used: .*enum/],
  [
    '0002-e.ts',
    'export const up = [{ createCollection: "x", schema: { a: () => 1 } }];',
    /step 1 of "up": .*function cannot be stored/,
  ],
  ['0002_a.json', { up: [] }, /its name must look like 0001-add-people\.ts/],
  ['0000-a.json', { up: [] }, /its name must look like 0001-add-people\.ts/],
  ['1-b.json', { up: [] }, /"0001-first\.json" has the same number/],
];

async function write(name: string, content: string | object): Promise<void> {
  await writeFile(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content));
}

for (const [name, content, sentence] of BROKEN) {
  const text = typeof content === 'string' ? content : JSON.stringify(content);
  test(`${name} with ${text} is refused by name`, async () => {
    await write('0001-first.json', { up: [] });
    await write(name, content);
    const load = async () => Promise.all((await readMigrationFiles(folder)).map(loadMigration));
    await assert.rejects(load(), (error) => {
      assert.ok(error instanceof CliError && error.code === 'migration_broken', String(error));
      assert.match(error.message, sentence);
      return true;
    });
    await rm(join(folder, name));
  });
}

test('files are in the order of their numbers, and others are left alone', async () => {
  await write('0010-b.json', '{"up":[]}');
  await write('9-a.ts', 'export const up = [];');
  await write('README.md', 'about');
  await write('9-a.d.ts', '');
  const files = await readMigrationFiles(folder);
  assert.deepEqual(
    files.map(({ file }) => file),
    ['0001-first.json', '9-a.ts', '0010-b.json'],
  );
  assert.equal(fileOfVersion(files, '10').file, '0010-b.json');
  assert.throws(() => fileOfVersion(files, 'b'), /There is no migration "b"; the files have these: 0001, 9, 0010\./);
});

test('a function and steps make the same calls', async () => {
  await write(
    '0011-steps.json',
    '{"up":[{"createCollection":"a","schema":{"type":"object"}},{"createIndex":"a","keys":{"x":1,"y":-1},"unique":true},{"updateDocuments":"a","filter":{"x":1},"update":{"$set":{"x":1.0}}}]}',
  );
  await write(
    '0012-function.ts',
    `export async function up(db) {
      await db.createCollection('a', { schema: { type: 'object' } });
      await db.createIndex('a', { x: 1, y: -1 }, { unique: true });
      await db.updateDocuments('a', { $set: { x: { $numberDouble: '1.0' } } }, { filter: { x: 1 } });
    }`,
  );
  const played = [];
  for (const file of (await readMigrationFiles(folder)).slice(-2)) {
    const calls: string[] = [];
    const { up } = await loadMigration(file);
    await up(async (call) => {
      calls.push(callText(call));
      assert.notEqual(callSentence(call), '');
    });
    played.push(calls);
  }
  assert.equal(played[0]?.length, 3);
  assert.match(played[0]?.[2] ?? '', /"x":1\.0/, 'a double in a JSON file stays one');
  assert.deepEqual(played[0], played[1]);
});
