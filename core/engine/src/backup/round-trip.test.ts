import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { openReader } from '@aerolithdb/storage';
import { readCatalogue } from '../catalogue.ts';
import { Engine } from '../engine.ts';
import { Reader } from '../read/index.ts';
import { EngineDriver, stateLines } from '../testing/engine-driver.ts';
import { Random, randomCommands } from '../testing/random-commands.ts';
import { BLOCKS, collectionTables, SMALL_TABLES } from './backup-tables.ts';
import { makeBackup, restoreInto } from './testing/made-backup.ts';

const SEED = Number(process.env.AEROLITH_SEED ?? 11);
const REPLAY = `replay: AEROLITH_SEED=${SEED} node --test core/engine/src/backup/round-trip.test.ts`;
const COMMANDS = 1500;

function folderFor(context: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'aerolith-backup-'));
  context.after(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, 'data');
}

/** Everything a file says of its state and its ledger. */
function contentOf(folder: string): string[] {
  const connection = openReader(folder);
  try {
    const blocks = connection
      .prepare('SELECT height, time, hex(hash), hex(header), hex(body) FROM blocks ORDER BY height', 'raw')
      .all();
    const meta = connection.prepare('SELECT key, value, typeof(value) FROM meta ORDER BY key', 'raw').all();
    return [...stateLines(connection), ...[...blocks, ...meta].map((row) => JSON.stringify(row))];
  } finally {
    connection.close();
  }
}

/** Names the first line that differs. */
function assertSame(actual: readonly string[], expected: readonly string[], where = ''): void {
  const different = expected.findIndex((line, index) => actual[index] !== line);
  assert.equal(actual[different]?.slice(0, 500), expected[different]?.slice(0, 500), `${where}line ${different}; ${REPLAY}`);
  assert.equal(actual.length, expected.length, `${where}${REPLAY}`);
}

/** A database with a history of every kind of command, and its content at some heights. */
function history(context: TestContext) {
  const driver = new EngineDriver();
  context.after(() => driver.close());
  const random = new Random(SEED);
  const commands = randomCommands(SEED, COMMANDS);
  const contents = new Map<number, { readonly time: number; readonly content: string[]; readonly backup: Buffer }>();
  driver.run({ type: 'setPrincipal', principal: { name: 'ann', kind: 'token', secret: 'ab', grants: { '*': 'reader' } } });
  for (let start = 0; start < commands.length; ) {
    const end = start + 1 + random.below(60);
    driver.block(commands.slice(start, end));
    start = end;
    const { height, time } = driver.engine.head();
    if (height % 10 === 0) contents.set(height, { time, content: contentOf(driver.folder), backup: makeBackup(driver.folder) });
  }
  return { driver, contents, heights: [...contents.keys()] };
}

test(`a restored file says the same as the one that was backed up, in every table (${REPLAY})`, async (context) => {
  const { driver } = history(context);
  const folder = folderFor(context);
  await restoreInto(folder, [makeBackup(driver.folder)]);
  assertSame(contentOf(folder), contentOf(driver.folder));
  const next = { height: driver.engine.head().height + 1, time: Date.now(), previousHash: driver.engine.head().hash };
  const commands = randomCommands(SEED + 1, 50).map((command) => ({ ...command, id: `next-${command.id}` }));
  const engine = Engine.open(folder);
  const outcomes = [engine.apply({ ...next, commands }), driver.engine.apply({ ...next, commands })];
  assert.deepEqual(outcomes[0], outcomes[1]);
  assert.deepEqual(engine.commit(), driver.engine.commit());
  assert.ok(engine.check().pages > 0);
  engine.close();
});

test(`a backup is restored to each height and time as it was then, also through increments (${REPLAY})`, async (context) => {
  const { contents, heights, driver } = history(context);
  const [first, second] = [heights[1]!, heights[3]!];
  const chain = [
    contents.get(first)!.backup,
    await incrementOf(context, first, contents.get(second)!.backup),
    makeBackup(driver.folder, { since: second }),
  ];
  for (const height of heights) {
    const { time, content } = contents.get(height)!;
    const folder = folderFor(context);
    await restoreInto(folder, chain, height % 20 === 0 ? { height } : { time: time + 999 }, { cacheBytes: 262_144 });
    assertSame(contentOf(folder), content, `height ${height}: `);
  }
  const whole = folderFor(context);
  await restoreInto(whole, chain);
  assertSame(contentOf(whole), contentOf(driver.folder));
});

/** The increment from `since` to the end of a full backup, as it would have been made then. */
async function incrementOf(context: TestContext, since: number, full: Buffer): Promise<Buffer> {
  const folder = folderFor(context);
  await restoreInto(folder, [full]);
  return makeBackup(folder, { since });
}

test('the ledger alone gives the same state', async (context) => {
  const { driver } = history(context);
  const small = makeBackup(driver.folder, { since: 0 });
  assert.ok(small.length < makeBackup(driver.folder).length);
  const folder = folderFor(context);
  await restoreInto(folder, [small]);
  assertSame(contentOf(folder), contentOf(driver.folder));
});

test('history and past states are those of the original', async (context) => {
  const driver = new EngineDriver();
  context.after(() => driver.close());
  driver.run({ type: 'createCollection', collection: 'c', options: {} });
  for (const n of [1, 2, 3])
    driver.run({ type: 'replace', collection: 'c', id: '1', document: `{"_id":1,"n":${n}}`, upsert: true });
  driver.run({ type: 'delete', collection: 'c', filter: '{"_id":1}' });
  const folder = folderFor(context);
  await restoreInto(folder, [makeBackup(driver.folder)]);
  const answers = [folder, driver.folder].map((path) => {
    const reader = Reader.open(path);
    const past = [2, 3, 4, 5].map((height) => reader.read({ kind: 'find', collection: 'c', at: { height } }).text);
    const all = [
      ...past,
      reader.read({ kind: 'history', collection: 'c', id: '1' }).text,
      reader.read({ kind: 'changes', since: 0, limit: 100 }).text,
    ];
    reader.close();
    return all;
  });
  assert.deepEqual(answers[0], answers[1]);
  assert.match(answers[0]!.join(), /"n":2/);
});

test('a backup holds every column of every table that a file has', (context) => {
  const driver = new EngineDriver();
  context.after(() => driver.close());
  driver.run({ type: 'createCollection', collection: 'c', options: {} });
  driver.run({ type: 'createIndex', collection: 'c', index: { name: 'n_1', keys: [['n', 1]] } });
  driver.read((connection) => {
    const names = connection.prepare<string>("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name", 'pluck').all();
    const columns = names.map((name) => [
      name,
      connection.prepare<string>(`SELECT name FROM pragma_table_info('${name}')`, 'pluck').all(),
    ]);
    const held = [...SMALL_TABLES, BLOCKS, ...collectionTables(readCatalogue(connection))].map((table) => [
      table.name,
      table.columns,
    ]);
    assert.deepEqual(Object.fromEntries(held), Object.fromEntries(columns));
  });
});

test('an empty database and an empty increment are backups too', async (context) => {
  const driver = new EngineDriver();
  context.after(() => driver.close());
  const empty = makeBackup(driver.folder);
  const folder = folderFor(context);
  await restoreInto(folder, [empty, makeBackup(driver.folder, { since: 0 })]);
  assertSame(contentOf(folder), contentOf(driver.folder));
  assert.throws(() => makeBackup(driver.folder, { since: 1 }), { code: 'invalid_position' });
});

test('rows larger than a part have one of their own', async (context) => {
  const driver = new EngineDriver();
  context.after(() => driver.close());
  driver.run({ type: 'createCollection', collection: 'c', options: {} });
  const random = new Random(SEED);
  const noise = () => Array.from({ length: 150_000 }, () => random.below(2 ** 30).toString(36)).join('');
  driver.run({ type: 'insert', collection: 'c', documents: [1, 2, 3].map((id) => `{"_id":${id},"noise":"${noise()}"}`) });
  const folder = folderFor(context);
  await restoreInto(folder, [makeBackup(driver.folder)]);
  assertSame(contentOf(folder), contentOf(driver.folder));
});
