import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { AerolithClient } from '@aerolithdb/client';
import { CliNode } from './cli-node.ts';
import type { CliRun } from './run-cli.ts';
import { clientOf, SchemaFolder } from './schema-folder.ts';

const PEOPLE = {
  up: [
    { createCollection: 'people', schema: { type: 'object', required: ['name'] } },
    { createIndex: 'people', keys: { email: 1 }, unique: true },
  ],
  down: [{ dropCollection: 'people' }],
};
const LEVELS = {
  description: 'Everybody has a level.',
  up: [{ updateDocuments: 'people', filter: { level: { $exists: false } }, update: { $set: { level: { $numberLong: '1' } } } }],
  down: [{ updateDocuments: 'people', update: { $unset: { level: '' } }, size: 2 }],
};

let node: CliNode;
let database: AerolithClient;
let folder: SchemaFolder;
before(async () => {
  node = await CliNode.start();
  database = clientOf(node);
  folder = await SchemaFolder.make(node);
});
after(async () => {
  await database.close();
  await node.stop();
  await node.removeFolder();
});

function lines({ code, stdout, stderr }: CliRun): Record<string, unknown>[] {
  assert.equal(code, 0, stderr);
  return stdout.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line)]));
}

async function refused(run: Promise<CliRun>, code: string, sentence: RegExp): Promise<void> {
  const { stdout, stderr } = await run;
  assert.match(stderr, new RegExp(`^error\\[${code}\\]: `));
  assert.match(stderr, sentence);
  assert.equal(stdout, '');
}

async function height(): Promise<number> {
  return (await database.status()).height;
}

test('a file that cannot be used stops all of them before anything is written', async () => {
  const at = await height();
  await refused(folder.apply('--folder', 'nowhere'), 'migrations_missing', /no folder nowhere/);
  await folder.write('0001-people.json', PEOPLE);
  await folder.write('0002-a.ts', 'throw new Error("no such luck"); export const up = [];');
  await refused(folder.apply(), 'migration_broken', /0002-a\.ts cannot be used: Error: no such luck/);
  await folder.remove('0002-a.ts');
  assert.equal(await height(), at);
});

test('a dry run shows what would be done and writes nothing', async () => {
  await folder.write('0002-levels.json', LEVELS);
  await folder.write(
    '0003-later.ts',
    'export async function up(db) { await db.eachBatch("people", {}, () => { throw new Error("called"); }); }',
  );
  const at = await height();
  const shown = lines(await folder.apply('--dry-run'));
  assert.deepEqual(
    shown.map(({ file, dryRun }) => [file, dryRun]),
    [
      ['0001-people.json', true],
      ['0002-levels.json', true],
      ['0003-later.ts', true],
    ],
  );
  assert.match(JSON.stringify(shown[0]?.calls), /make the unique index \\"email_1\\" on \\"people\\"/);
  const diff = await folder.diff();
  assert.equal(diff.code, 1);
  assert.match(diff.stderr, /error\[schema_differs\]: Migrations and database differ: 3 migrations to run\./);
  assert.equal(JSON.parse(diff.stdout).pending.length, 3);
  assert.equal(await height(), at);
  assert.deepEqual(await database.collections(), []);
  await folder.remove('0003-later.ts');
});

test('migrations run once, in order, and the ledger says who, when and at which height', async () => {
  const [first] = lines(await folder.apply('--to', '1'));
  assert.equal(first?.file, '0001-people.json');
  const people = database.collection('people');
  await people.insertMany([1, 2, 3, 4, 5].map((id) => ({ _id: id, name: `n${id}`, email: `${id}@example.org` })));
  await people.insertMany([null, true, false].map((id) => ({ _id: id, name: `n${id}`, email: `${id}@example.org` })));
  const [second, ...none] = lines(await folder.apply());
  assert.deepEqual([second?.file, second?.documents, none.length], ['0002-levels.json', 8, 0]);
  assert.equal(await people.count({ level: { $type: 'long' } }), 8, 'the type that the file gives is kept');
  const at = await height();
  assert.deepEqual(lines(await folder.apply()), []);
  assert.equal(await height(), at, 'nothing to do writes nothing');

  const runs = await database
    .collection('_schema')
    .find({ kind: 'run' }, { sort: { _id: 1 } })
    .toArray();
  assert.equal(runs.length, 2);
  for (const run of runs) {
    assert.match(String(run.hash), /^[0-9a-f]{64}$/);
    assert.match(String(run.owner), / on .* \(process \d+\)$/);
    assert.ok(run.startedAt instanceof Date && run.endedAt instanceof Date && typeof run.ms === 'number');
    assert.ok(typeof run.height === 'number' && run.height > 0 && run.height <= at);
    assert.deepEqual([run.state, run.current], ['done', null]);
  }
  assert.equal(await database.collection('_schema').count({ _id: 'lock' }), 0, 'the lock was given back');
  const diff = await folder.diff();
  assert.equal(diff.code, 0, diff.stderr);
});

test('a file that was changed, is gone, or comes too late is refused by name', async () => {
  await folder.write('0001-people.json', { ...PEOPLE, description: 'changed' });
  await refused(folder.apply(), 'migration_changed', /0001-people\.json has run and was changed since/);
  await refused(folder.apply('--accept-changed'), 'migration_changed', /0001-people\.json/);
  await refused(folder.apply('--down'), 'migration_changed', /0001-people\.json/);
  const diff = await folder.diff();
  assert.equal(diff.code, 1);
  assert.equal(JSON.parse(diff.stdout).files[0].kind, 'changed');
  await folder.remove('0001-people.json');
  await refused(folder.apply(), 'migration_missing', /0001-people\.json has run and its file is gone/);
  await folder.write('0001-people.json', PEOPLE);
  await folder.remove('0002-levels.json');
  await folder.write('3-levels.json', LEVELS);
  await refused(folder.apply('--to', '9'), 'migration_missing', /0002-levels\.json/);
  await folder.remove('3-levels.json');
  await folder.write('0002-levels.json', LEVELS);
  await refused(folder.apply('--to', '9'), 'usage', /no migration "9"; the files have these: 0001, 0002/);
});

test('drift is what no migration made', async () => {
  await database.createCollection('by-hand');
  await database.collection('people').createIndex({ name: 1 });
  await database.alterCollection('people', { schema: { type: 'object' } });
  await database.collection('people').dropIndex('email_1');
  const { code, stdout } = await folder.diff('--json');
  assert.equal(code, 1);
  const { drift, pending, files } = JSON.parse(stdout);
  assert.deepEqual(
    drift.map(({ collection, index, kind }: Record<string, string>) => [collection, index, kind]),
    [
      ['by-hand', undefined, 'unknown'],
      ['people', undefined, 'changed'],
      ['people', 'email_1', 'missing'],
      ['people', 'name_1', 'unknown'],
    ],
  );
  assert.deepEqual([pending, files], [[], []]);
  await database.dropCollection('by-hand');
  await database.collection('people').dropIndex('name_1');
  await database.alterCollection('people', { schema: PEOPLE.up[0]?.schema ?? null });
  await database.collection('people').createIndex({ email: 1 }, { unique: true });
  assert.equal((await folder.diff()).code, 0);
});

test('down undoes the last one, or all above a version; without a "down" it is refused', async () => {
  const [undone] = lines(await folder.apply('--down'));
  assert.deepEqual([undone?.file, undone?.direction], ['0002-levels.json', 'down']);
  assert.equal(await database.collection('people').count({ level: { $exists: true } }), 0);
  assert.equal(lines(await folder.apply()).length, 1);
  assert.equal(await database.collection('people').count({ level: { $type: 'long' } }), 8);
  await folder.write('0003-final.json', { up: [{ createCollection: 'final' }] });
  assert.equal(lines(await folder.apply()).length, 1);
  const at = await height();
  await refused(folder.apply('--down', '--to', '1'), 'migration_broken', /0003-final\.json .*no "down"/);
  assert.equal(await height(), at);
});

test('a refusal of the server changes nothing: the file may be mended and runs', async () => {
  await folder.write('0004-twice.json', { up: [{ createIndex: 'people', keys: { level: 1 }, unique: true }] });
  const { code, stderr } = await folder.apply();
  assert.equal(code, 1);
  assert.match(stderr, /migration_failed.*0004-twice\.json failed at call 1: .*level_1/);
  const half = await folder.diff();
  assert.equal(JSON.parse(half.stdout).unfinished.file, '0004-twice.json');
  await folder.write('0004-twice.json', {
    up: [{ createIndex: 'people', keys: { level: 1 } }],
    down: [{ dropIndex: 'people', name: 'level_1' }],
  });
  assert.equal(lines(await folder.apply()).length, 1);
  assert.equal(lines(await folder.apply('--down')).length, 1);
  assert.equal(lines(await folder.apply()).length, 1);
});

test('a migration in TypeScript must await its calls', async () => {
  await folder.write(
    '0005-hasty.ts',
    `
    import type { MigrationDatabase } from '@aerolithdb/cli';
    export async function up(db: MigrationDatabase): Promise<void> {
      db.createCollection('hasty');
      await db.createCollection('other');
    }`,
  );
  const { code, stderr } = await folder.apply();
  assert.equal(code, 1);
  assert.match(stderr, /0005-hasty\.ts .*"createCollection" was not awaited/);
});

test('a wrong token is refused with a sentence', async () => {
  const other = await SchemaFolder.make(node);
  await other.write('0001-people.json', PEOPLE);
  const { stderr } = await node.run(['schema', 'diff', '--folder', `${other.path}/migrations`], { env: { AEROLITH_TOKEN: 'x' } });
  assert.match(stderr, /error\[unauthenticated\]/);
});

test('ifMissing takes in a collection that is the same, and refuses another', async () => {
  const fresh = await CliNode.start();
  const there = clientOf(fresh);
  try {
    const taken = await SchemaFolder.make(fresh);
    await there.createCollection('people', { schema: { required: ['name'], type: 'object' } });
    await there.collection('people').createIndex({ email: 1 }, { unique: true });
    const [create, ...rest] = PEOPLE.up;
    await taken.write('0001-people.json', { up: [{ ...create, ifMissing: true, schema: { type: 'object' } }, ...rest] });
    await refused(taken.apply(), 'migration_failed', /"people" already, with another schema/);
    await taken.write('0001-people.json', { up: [{ ...create, ifMissing: true }, ...rest] });
    assert.equal(lines(await taken.apply()).length, 1);
    assert.equal((await taken.diff()).code, 0);
  } finally {
    await there.close();
    await fresh.stop();
    await fresh.removeFolder();
  }
});
