import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { Inspection } from '@aerolithdb/engine/inspect';
import { type IndexInfo, LIMITS } from '@aerolithdb/protocol';
import type { RunningDatabase } from './node.ts';
import { openDatabase } from './open-database.ts';

const DOCUMENTS = LIMITS.indexBuildAtOnce + 2000;
const BUILDER = new URL('./testing/killed-builder.ts', import.meta.url);

async function inFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'aerolith-upkeep-'));
  try {
    await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function fill({ database, session }: RunningDatabase): Promise<void> {
  await database.execute(session, { type: 'createCollection', collection: 'c', options: {} });
  for (let from = 0; from < DOCUMENTS; from += 1000) {
    const documents = Array.from({ length: 1000 }, (_, i) => `{"_id":${from + i},"n":${from + i},"tags":[${i % 7},${i % 11}]}`);
    await database.execute(session, { type: 'insert', collection: 'c', documents });
  }
}

async function indexes({ database, session }: RunningDatabase): Promise<readonly IndexInfo[]> {
  return (await database.collection(session, 'c')).indexes;
}

async function until(done: () => Promise<boolean>): Promise<void> {
  while (!(await done())) await pause(20);
}

function createIndex({ database, session }: RunningDatabase, name: string): Promise<unknown> {
  return database.execute(session, { type: 'createIndex', collection: 'c', index: { name, keys: [[name, 1]] } });
}

test('an index that is asked for is built without being asked again, while writes go on', () =>
  inFolder(async (folder) => {
    await using running = await openDatabase(folder);
    const { database, session } = running;
    await fill(running);
    await createIndex(running, 'n');
    assert.equal((await indexes(running))[0]?.build?.state, 'building');
    await database.execute(session, { type: 'insert', collection: 'c', documents: ['{"_id":"new","n":-1}'] });
    await until(async () => (await indexes(running))[0]?.build === undefined);
    const { explain, count } = await database.read(session, {
      kind: 'count',
      collection: 'c',
      filter: '{"n":-1}',
      explain: true,
    });
    assert.deepEqual([explain?.index, count], ['n', 1]);
  }));

test('documents that have expired go by themselves', () =>
  inFolder(async (folder) => {
    await using running = await openDatabase(folder, { expiryMs: 20 });
    const { database, session } = running;
    await database.execute(session, { type: 'createCollection', collection: 'c', options: {} });
    const index = { name: 'at', keys: [['at', -1]], expireAfterSeconds: 0 } as const;
    await database.execute(session, { type: 'createIndex', collection: 'c', index });
    const now = Date.now();
    const documents = [`{"_id":1,"at":{"$date":${now - 1000}}}`, `{"_id":2,"at":{"$date":${now + 3_600_000}}}`, '{"_id":3}'];
    await database.execute(session, { type: 'insert', collection: 'c', documents });
    await until(async () => (await database.read(session, { kind: 'count', collection: 'c' })).count === 2);
    const { height } = database.head();
    await pause(100);
    assert.equal(database.head().height, height, 'a node with nothing to expire makes no blocks');
  }));

test('a node that is killed during a build goes on with it and leaves no half index', () =>
  inFolder(async (folder) => {
    {
      await using running = await openDatabase(folder);
      await fill(running);
    }
    for (const [round, name] of ['n', 'tags'].entries()) {
      const builder = fork(BUILDER, [folder, name, String(1 + round)], { stdio: 'inherit' });
      const [, signal] = await once(builder, 'exit');
      assert.equal(signal, 'SIGKILL');
      await using running = await openDatabase(folder);
      await until(async () => (await indexes(running)).every(({ build }) => build === undefined));
      assert.ok((await indexes(running)).some((index) => index.name === name));
    }
    const inspection = Inspection.open(folder);
    try {
      for (const name of ['n', 'tags'])
        assert.deepEqual(inspection.indexHealth('c', name, DOCUMENTS)?.faults, [], `every document has its entries in ${name}`);
    } finally {
      inspection.close();
    }
  }));
