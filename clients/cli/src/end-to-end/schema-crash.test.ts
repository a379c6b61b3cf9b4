import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import type { AerolithClient } from '@aerolithdb/client';
import { CliNode } from './cli-node.ts';
import { clientOf, lastRun, mixedDocuments, SchemaFolder } from './schema-folder.ts';

const DOCUMENTS = 600;

/** Counts how often each document was changed; slow, so that it can be met in the middle. */
const COUNTING = (collection: string, more = '') => `
import { setTimeout as pause } from 'node:timers/promises';
export async function up(db) {
  await db.createCollection('made-by-${collection}');
  await db.eachBatch('${collection}', { size: 20 }, async (documents, transaction) => {
    await pause(15);
    ${more}
    for (const { _id } of documents) transaction.collection('${collection}').updateOne({ _id }, { $inc: { n: 1 } });
  });
  await db.updateDocuments('${collection}', { $inc: { m: 1 } }, { size: 30 });
}
`;

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

async function fill(name: string): Promise<void> {
  await database.createCollection(name);
  await database.collection(name).insertMany(mixedDocuments(DOCUMENTS));
}

async function assertEachOnce(name: string): Promise<void> {
  assert.equal(await database.collection(name).count({ n: 1, m: 1 }), DOCUMENTS);
  assert.equal(await database.collection(name).count(), DOCUMENTS);
}

test('kill -9 in the middle of batches: the next apply goes on, each document is changed once', {
  timeout: 240_000,
}, async () => {
  await fill('killed');
  await folder.write('0001-count.ts', COUNTING('killed'));
  let kills = 0;
  for (const batches of [1, 9]) {
    const { child, ended } = await folder.applyUntil(database, batches, '--take-over');
    await pause(Math.random() * 60);
    if (child.kill('SIGKILL')) kills += 1;
    await ended;
    const refused = await folder.apply('--json');
    assert.equal(refused.code, 4, refused.stderr);
    assert.match(
      refused.stderr,
      /schema_locked.*\(process \d+\) has held the lock.*has ended; go on in its place with --take-over/,
    );
  }
  assert.ok(kills >= 1, `${kills} runs were killed`);
  const run = await lastRun(database);
  assert.ok((run?.current?.batches ?? 0) > 0 && run?.state === 'running');
  const back = await folder.apply('--down');
  assert.match(back.stderr, /applied in part\. Bring that to its end first/);
  const done = await folder.apply('--take-over');
  assert.equal(done.code, 0, done.stderr);
  assert.match(done.stdout, /"documents":1200/);
  await assertEachOnce('killed');
  assert.equal((await folder.apply('--json')).stdout, '');
  await assertEachOnce('killed');
});

test('Ctrl-C stops after the running batch, and the next apply goes on without being asked', { timeout: 120_000 }, async () => {
  await fill('stopped');
  await folder.write('0002-count.ts', COUNTING('stopped'));
  const { child, ended } = await folder.applyUntil(database, 3);
  const second = await folder.apply('--json', '--take-over');
  assert.equal(second.code, 4, 'another apply is refused, also with --take-over, while this one is alive');
  assert.match(second.stderr, /schema_locked.* on .*\(process \d+\).*wait until it has ended/);
  child.kill('SIGINT');
  const { code, stderr } = await ended;
  assert.equal(code, 130, stderr);
  assert.match(stderr, /Stopped as asked in 0002-count\.ts after batch \d+/);
  const changed = await database.collection('stopped').count({ n: 1 });
  assert.ok(changed > 0 && changed < DOCUMENTS && changed % 20 === 0, `${changed} were changed`);
  const rest = await folder.apply();
  assert.equal(rest.code, 0, rest.stderr);
  await assertEachOnce('stopped');
});

test('a program whose lock was taken over stops and writes no further batch', { timeout: 120_000 }, async () => {
  await fill('fenced');
  await folder.write('0003-count.ts', COUNTING('fenced'));
  const { ended } = await folder.applyUntil(database, 3);
  const lock = database.collection('_schema');
  await lock.updateOne({ _id: 'lock' }, { $set: { token: 'another', user: 'eve', host: 'elsewhere', pid: 1 } });
  const changed = await database.collection('fenced').count({ n: 1 });
  const { code, stderr } = await ended;
  assert.equal(code, 4, stderr);
  assert.match(stderr, /schema_lock_lost.*taken over by eve on elsewhere/);
  assert.equal(await database.collection('fenced').count({ n: 1 }), changed);

  await lock.updateOne({ _id: 'heartbeat' }, { $currentDate: { at: true } });
  const fresh = await folder.apply('--take-over');
  assert.match(fresh.stderr, /eve on elsewhere \(process 1\) has held the lock.*Its last sign of life came .* ago; wait/);
  await lock.updateOne({ _id: 'heartbeat' }, { $set: { at: new Date(Date.now() - 600_000) } });
  const silent = await folder.apply();
  assert.match(silent.stderr, /eve on elsewhere .*came 10 min ago; go on in its place with --take-over/);
  const over = await folder.apply('--take-over');
  assert.equal(over.code, 0, over.stderr);
  await assertEachOnce('fenced');
});

test('other writers in between lose nothing, and cost no document a change', { timeout: 120_000 }, async () => {
  await fill('busy');
  await folder.write('0004-count.ts', COUNTING('busy'));
  const { ended } = await folder.applyUntil(database, 1);
  let isRunning = true;
  const writer = (async () => {
    let writes = 0;
    for (; isRunning; writes += 1) {
      await database.collection('busy').updateMany({ _id: { $type: 'date' } }, { $inc: { other: 1 } });
      await pause(40);
    }
    return writes;
  })();
  const { code, stderr } = await ended;
  isRunning = false;
  const writes = await writer;
  assert.equal(code, 0, stderr);
  await assertEachOnce('busy');
  const dates = await database.collection('busy').count({ _id: { $type: 'date' } });
  assert.equal(await database.collection('busy').count({ other: writes }), dates);
});

test('a batch that throws: what was done stays, and the mended file goes on after it when that is asked for', {
  timeout: 120_000,
}, async () => {
  await fill('thrown');
  const broken = COUNTING(
    'thrown',
    `if (documents.some(({ _id }) => _id === 'id 301')) throw new Error('cannot change id 301');`,
  );
  await folder.write('0005-count.ts', broken);
  const failed = await folder.apply();
  assert.equal(failed.code, 1);
  assert.match(failed.stderr, /migration_failed.*0005-count\.ts failed at call 2, after batch \d+: cannot change id 301\. /);
  const again = await folder.apply();
  assert.match(again.stderr, /migration_failed/, 'the same file fails at the same place');
  await folder.write('0005-count.ts', COUNTING('thrown'));
  const changed = await folder.apply();
  assert.equal(changed.code, 4);
  assert.match(changed.stderr, /migration_changed.*0005-count\.ts has run in part and was changed since.*--accept-changed/);
  const accepted = await folder.apply('--accept-changed');
  assert.equal(accepted.code, 0, accepted.stderr);
  await assertEachOnce('thrown');
});
