import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { RestNode } from './rest-node.ts';

let node: RestNode;
const jobs = '/v1/collections/jobs';

before(async () => {
  node = await RestNode.start();
  await node.fill(
    'jobs',
    Array.from({ length: 10 }, (_, n) => ({ _id: n, state: 'waiting', rank: 10 - n })),
  );
  await node.fill('accounts', [
    { _id: 'a', balance: 10 },
    { _id: 'b', balance: 0 },
  ]);
});
after(() => node[Symbol.asyncDispose]());

test('update changes one, or all with multi', async () => {
  const one = await node.post(`${jobs}/update`, { filter: {}, update: { $set: { seen: true } } });
  assert.deepEqual([one.json.matched, one.json.modified], [1, 1]);
  const all = await node.post(`${jobs}/update`, { filter: {}, update: { $set: { seen: true } }, multi: true });
  assert.deepEqual([all.json.matched, all.json.modified], [10, 9]);
});

test('update with upsert makes a document and tells its id', async () => {
  const { json } = await node.post(`${jobs}/update`, {
    filter: { _id: 'new' },
    update: { $set: { state: 'made' } },
    upsert: true,
  });
  assert.equal(json.upsertedId, 'new');
  assert.equal((await node.get(`${jobs}/documents/new`)).json.state, 'made');
});

test('update reaches array elements by arrayFilters', async () => {
  await node.post(`${jobs}/documents`, { _id: 'parts', parts: [{ n: 1 }, { n: 5 }] });
  const update = {
    filter: { _id: 'parts' },
    update: { $set: { 'parts.$[big].big': true } },
    arrayFilters: [{ 'big.n': { $gt: 2 } }],
  };
  assert.equal((await node.post(`${jobs}/update`, update)).json.modified, 1);
  assert.deepEqual((await node.get(`${jobs}/documents/parts`)).json.parts, [{ n: 1 }, { n: 5, big: true }]);
});

test('find-and-modify takes the first in order, and answers with the image asked for', async () => {
  const body = { filter: { state: 'waiting' }, sort: { rank: 1 }, update: { $set: { state: 'taken' } } };
  const after = await node.post(`${jobs}/find-and-modify`, { ...body, returning: 'after' });
  assert.deepEqual([after.json.document._id, after.json.document.state], [9, 'taken']);
  const before = await node.post(`${jobs}/find-and-modify`, body);
  assert.deepEqual([before.json.document._id, before.json.document.state], [8, 'waiting']);
  const removed = await node.post(`${jobs}/find-and-modify`, { filter: { _id: 8 }, delete: true, projection: { rank: 1 } });
  assert.deepEqual(removed.json.document, { _id: 8, rank: 2 });
  const none = await node.post(`${jobs}/find-and-modify`, { filter: { _id: 8 }, delete: true });
  assert.equal(none.json.document, null);
  const both = await node.post(`${jobs}/find-and-modify`, { filter: {}, delete: true, update: { $set: { a: 1 } } });
  assert.equal(both.json.code, 'invalid_request');
});

test('delete removes what the filter selects', async () => {
  assert.equal((await node.post(`${jobs}/delete`, { filter: { _id: { $in: [0, 1] } }, multi: true })).json.deleted, 2);
  assert.equal((await node.post(`${jobs}/delete`, { filter: { _id: 0 } })).json.deleted, 0);
});

const THREE = [
  { type: 'insert', documents: [{ _id: 'x' }] },
  { type: 'insert', documents: [{ _id: 'x' }] },
  { type: 'delete', filter: { _id: 'x' } },
];

test('an ordered bulk stops at the first that fails, an unordered one does not', async () => {
  const ordered = await node.post(`${jobs}/bulk`, { operations: THREE });
  assert.deepEqual(
    ordered.json.results.map((one: { ok: boolean }) => one.ok),
    [true, false],
  );
  assert.equal(ordered.json.results[1].problem.code, 'duplicate_id');
  const unordered = await node.post(`${jobs}/bulk`, { operations: THREE, ordered: false });
  assert.deepEqual(
    unordered.json.results.map((one: { ok: boolean }) => one.ok),
    [false, false, true],
  );
});

test('a bulk with an Idempotency-Key is applied once', async () => {
  const headers = { 'idempotency-key': 'bulk-1' };
  const operations = [{ type: 'insert', documents: [{ made: 'once' }] }];
  const first = await node.post(`${jobs}/bulk`, { operations }, { headers });
  const second = await node.post(`${jobs}/bulk`, { operations }, { headers });
  assert.deepEqual(second.json, first.json);
  const long = { 'idempotency-key': 'k'.repeat(64) };
  const refused = [{ type: 'insert', documents: [{ _id: 2 }] }];
  const third = await node.post(`${jobs}/bulk`, { operations: refused }, { headers: long });
  assert.equal(third.json.results[0].problem.code, 'duplicate_id');
  await node.post(`${jobs}/delete`, { filter: { _id: 2 } });
  assert.deepEqual((await node.post(`${jobs}/bulk`, { operations: refused }, { headers: long })).json, third.json);
});

test('a transaction applies all, or nothing and tells what failed', async () => {
  const move = (amount: number) => [
    { type: 'update', collection: 'accounts', filter: { _id: 'a' }, update: { $inc: { balance: -amount } } },
    { type: 'update', collection: 'accounts', filter: { _id: 'b' }, update: { $inc: { balance: amount } } },
  ];
  const done = await node.post('/v1/transactions', { operations: move(4) });
  assert.equal(done.status, 200, done.text);
  assert.equal(done.json.results.length, 2);
  const failing = [...move(1), { type: 'insert', collection: 'accounts', documents: [{ _id: 'a' }] }];
  const refused = await node.post('/v1/transactions', { operations: failing });
  assert.equal(refused.status, 409);
  assert.equal(refused.json.code, 'transaction_conflict');
  assert.equal(refused.json.operation, 2);
  assert.deepEqual(await balances(), [6, 4]);
});

test('a transaction whose reads have changed is refused', async () => {
  const version = Number((await node.get('/v1/collections/accounts/documents/a')).headers.get('etag')!.slice(1, -1));
  await node.send('PATCH', '/v1/collections/accounts/documents/a', { $inc: { balance: 1 } });
  const operations = [{ type: 'update', collection: 'accounts', filter: { _id: 'b' }, update: { $set: { balance: 99 } } }];
  const stale = await node.post('/v1/transactions', { operations, reads: [{ collection: 'accounts', id: 'a', version }] });
  assert.equal(stale.status, 409, stale.text);
  assert.deepEqual(await balances(), [7, 4]);
});

async function balances(): Promise<number[]> {
  const { json } = await node.post('/v1/collections/accounts/find', { sort: { _id: 1 } });
  return json.documents.map((one: { balance: number }) => one.balance);
}

test('a collection is made, altered, listed and dropped', async () => {
  const schema = { type: 'object', required: ['name'], properties: { name: { type: 'string' } } };
  const made = await node.post('/v1/collections', { name: 'named', schema });
  assert.equal(made.status, 201);
  assert.equal(made.headers.get('location'), '/v1/collections/named');
  assert.equal((await node.post('/v1/collections', { name: 'named' })).json.code, 'collection_exists');
  assert.deepEqual((await node.get('/v1/collections/named')).json.options, { schema });
  assert.equal((await node.send('PATCH', '/v1/collections/named', { schema: null })).status, 200);
  assert.equal((await node.post('/v1/collections/named/documents', { other: 1 })).status, 201);
  const names = (await node.get('/v1/collections')).json.collections.map((one: { name: string }) => one.name);
  assert.deepEqual(names, ['accounts', 'jobs', 'named']);
  assert.equal((await node.send('DELETE', '/v1/collections/named')).status, 200);
  assert.equal((await node.get('/v1/collections/named')).json.code, 'unknown_collection');
});
