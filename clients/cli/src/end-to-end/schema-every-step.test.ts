import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { AerolithClient } from '@aerolithdb/client';
import { CliNode } from './cli-node.ts';
import { MutingProxy } from './muting-proxy.ts';
import { finished } from './run-cli.ts';
import { clientOf, lastRun, mixedDocuments, SchemaFolder } from './schema-folder.ts';

const DOCUMENTS = 50;

/** Each kind of call, and several batches. */
const MIGRATION = `
export async function up(db) {
  await db.createCollection('other', { schema: { type: 'object' } });
  await db.eachBatch('things', { size: 20 }, (documents, transaction) => {
    for (const { _id } of documents) transaction.collection('things').updateOne({ _id }, { $inc: { n: 1 } });
  });
  await db.createIndex('things', { n: 1 });
  await db.alterCollection('things', { schema: { required: ['n'] } });
  await db.updateDocuments('things', { $inc: { m: 1 } }, { size: 30 });
  await db.dropIndex('things', 'n_1');
  await db.dropCollection('other');
}
`;

/** Changes of an apply before the first one that makes headway: it takes the lock over, and says that the run is its own. */
const BEFORE_HEADWAY = 2;

let node: CliNode;
let database: AerolithClient;
before(async () => {
  node = await CliNode.start();
  database = clientOf(node);
});
after(async () => {
  await database.close();
  await node.stop();
  await node.removeFolder();
});

test('killed after the next change or the one after it, before the answer came: no call and no document twice', {
  timeout: 300_000,
}, async () => {
  await database.createCollection('things');
  await database.collection('things').insertMany(mixedDocuments(DOCUMENTS));
  await database.createCollection('_schema');
  const folder = await SchemaFolder.make(node);
  await folder.write('0001-all.ts', MIGRATION);
  let kills = 0;
  for (let code: number | null = null; code !== 0; ) {
    let kill = (): void => undefined;
    await using proxy = await MutingProxy.start(node.url, BEFORE_HEADWAY + 1 + (kills % 2), () => kill());
    const args = ['schema', 'apply', '--take-over', '--folder', join(folder.path, 'migrations')];
    const child = node.spawn(args, { AEROLITH_URL: proxy.url });
    kill = () => {
      kills += 1;
      child.kill('SIGKILL');
    };
    const run = await finished(child);
    assert.ok(run.code === 0 || run.code === null, run.stderr);
    assert.ok(kills < 40, 'of two applies one comes further');
    code = run.code;
    if ((await lastRun(database))?.state === 'done') break;
  }
  assert.ok(kills >= 15, `${kills} kills`);
  assert.equal(await database.collection('things').count({ n: 1, m: 1 }), DOCUMENTS);
  assert.deepEqual(
    (await database.collections()).map(({ name, indexes }) => [name, indexes.length]),
    [
      ['_schema', 0],
      ['things', 0],
    ],
  );
  const run = await lastRun(database);
  assert.deepEqual([run?.calls.length, run?.documents], [7, 2 * DOCUMENTS]);
});
