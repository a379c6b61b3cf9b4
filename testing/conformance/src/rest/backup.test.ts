import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { BackupReader } from '@aerolithdb/node';
import { RestNode } from './rest-node.ts';

let node: RestNode;

before(async () => {
  node = await RestNode.start();
  await node.fill(
    'notes',
    Array.from({ length: 25 }, (_, n) => ({ _id: n })),
  );
});
after(() => node[Symbol.asyncDispose]());

async function backup(query = '', token = node.token): Promise<Response> {
  return await fetch(`${node.server.url}/v1/backup${query}`, { headers: { authorization: `Bearer ${token}` } });
}

/** The node learns a moment later that a client has left, and makes so many backups at a time only. */
async function backupWhenThereIsRoom(): Promise<Response> {
  for (;;) {
    const response = await backup();
    if (response.status !== 503) return response;
    assert.equal(((await response.json()) as { code: string }).code, 'overloaded');
    await pause(50);
  }
}

async function checked(response: Response) {
  const reader = new BackupReader({ name: 'answer' });
  for (const _part of reader.read(Buffer.from(await response.arrayBuffer())));
  return reader.end();
}

test('the answer is a whole backup of the last durable block, with a name for a file', async () => {
  const { height, hash } = (await node.get('/v1/status')).json;
  const response = await backup();
  assert.deepEqual([response.status, response.headers.get('content-type')], [200, 'application/vnd.aerolithdb.backup']);
  assert.equal(response.headers.get('content-disposition'), `attachment; filename="aerolith-${height}.backup"`);
  const { about, totals } = await checked(response);
  assert.deepEqual(
    [about.head.height, about.head.hash, about.since, totals.documents, totals.blocks],
    [height, hash, undefined, 25, height],
  );
});

test('with `since` it holds the blocks after that height alone', async () => {
  const { height } = (await node.get('/v1/status')).json;
  const { about, totals } = await checked(await backup(`?since=${height - 1}`));
  assert.deepEqual([about.since?.height, totals.documents, totals.blocks], [height - 1, 0, 1]);
});

test('what is wrong is refused before a byte of a backup is sent', async () => {
  for (const [query, code] of [
    ['?since=99999', 'invalid_position'],
    ['?since=-1', 'invalid_request'],
    ['?sinc=1', 'invalid_request'],
  ] as const) {
    const response = await backup(query);
    assert.deepEqual([response.status, ((await response.json()) as { code: string }).code], [400, code], query);
  }
  const { token } = await node.running.database.createToken(node.running.session, { name: 'owner', grants: { '*': 'owner' } });
  const response = await backup('', token);
  assert.deepEqual([response.status, ((await response.json()) as { code: string }).code], [403, 'forbidden']);
});

test('a client that leaves in the middle leaves nothing behind', { timeout: 60_000 }, async () => {
  for (let n = 0; n < 5; n++) {
    const response = await backup();
    await response.body?.cancel();
  }
  await checked(await backupWhenThereIsRoom());
  assert.deepEqual(node.faults, []);
});
