import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { AerolithClient } from '@aerolithdb/client';
import { type Node, startNode } from '@aerolithdb/node';

const WRITES = 300;

test('a program lives through restarts of the server: no write lost or doubled, no change missed or repeated', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'aerolith-restart-'));
  const data = join(folder, 'data');
  let node: Node = await startNode({ data, http: { host: '127.0.0.1', port: 0 } });
  const url = node.addresses.http!;
  const port = Number(new URL(url).port);
  let restarted = Promise.resolve();
  const restart = async (): Promise<void> => {
    await node.close();
    node = await startNode({ data, http: { host: '127.0.0.1', port } });
  };
  try {
    await using db = new AerolithClient(url, { token: node.adminKey.token, retryForMs: 30_000 });
    await db.createCollection('notes');
    const notes = db.collection<{ _id: number; n: number }>('notes');
    await notes.insertOne({ _id: -1, n: 0 });
    const stream = notes.watch();
    await stream.ready;
    const watching = (async () => {
      const ids: number[] = [];
      for await (const change of stream) {
        if (change.kind === 'insert') ids.push(change.id);
        if (ids.length === WRITES) break;
      }
      return ids;
    })();
    for (let n = 0; n < WRITES; n += 1) {
      if (n % 100 === 50) restarted = restarted.then(restart);
      await notes.insertOne({ _id: n, n });
      await notes.updateOne({ _id: -1 }, { $inc: { n: 1 } });
    }
    assert.equal((await notes.get(-1))?.n, WRITES);
    assert.deepEqual(
      await watching,
      Array.from({ length: WRITES }, (_, n) => n),
    );
  } finally {
    await restarted;
    await node.close();
    await rm(folder, { recursive: true, force: true });
  }
});
