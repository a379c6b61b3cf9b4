import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { RestNode } from './rest-node.ts';

let node: RestNode;
const cities = '/v1/collections/cities';

before(async () => {
  node = await RestNode.start();
  const made = Array.from({ length: 300 }, (_, n) => ({
    _id: n,
    name: `city ${n}`,
    country: ['FR', 'DE', 'JP'][n % 3],
    size: n * 10,
  }));
  await node.fill('cities', made);
});
after(() => node[Symbol.asyncDispose]());

test('find without a body gives everything', async () => {
  const reply = await node.send('POST', `${cities}/find`);
  assert.equal(reply.status, 200);
  assert.equal(reply.json.documents.length, 300);
  assert.equal(reply.json.cursor, undefined);
});

test('find filters, sorts, skips, limits and projects', async () => {
  const body = { filter: { country: 'FR' }, sort: { size: -1 }, skip: 1, limit: 2, projection: { name: 1 } };
  const { json } = await node.post(`${cities}/find`, body);
  assert.deepEqual(json.documents, [
    { _id: 294, name: 'city 294' },
    { _id: 291, name: 'city 291' },
  ]);
});

test('pages by cursor give each document once', async () => {
  const seen: number[] = [];
  let cursor: string | undefined;
  do {
    const { json } = await node.post(`${cities}/find`, {
      filter: { size: { $gte: 1000 } },
      limit: 70,
      ...(cursor === undefined ? {} : { cursor }),
    });
    seen.push(...json.documents.map((one: { _id: number }) => one._id));
    cursor = json.cursor;
  } while (cursor !== undefined && seen.length < 1000);
  assert.equal(seen.length, new Set(seen).size);
  assert.ok(seen.length === 70 || seen.length === 200, String(seen.length));
});

test('a past height shows the past', async () => {
  const { height } = (await node.post(`${cities}/count`, {})).json;
  await node.post(`${cities}/update`, { filter: { _id: 7 }, update: { $set: { name: 'renamed' } } });
  const past = await node.post(`${cities}/find`, { filter: { _id: 7 }, at: height });
  assert.equal(past.json.documents[0].name, 'city 7');
  assert.equal((await node.post(`${cities}/find`, { filter: { _id: 7 } })).json.documents[0].name, 'renamed');
});

test('count and distinct', async () => {
  assert.equal((await node.post(`${cities}/count`, { filter: { country: 'DE' } })).json.count, 100);
  assert.deepEqual((await node.post(`${cities}/distinct`, { field: 'country' })).json.values.sort(), ['DE', 'FR', 'JP']);
});

test('an index is made, used, told of by explain, and dropped', async () => {
  const made = await node.post(`${cities}/indexes`, { keys: { country: 1, size: -1 } });
  assert.equal(made.status, 201, made.text);
  assert.equal(made.json.name, 'country_1_size_-1');
  const listed = await node.get(`${cities}/indexes`);
  assert.equal(listed.text, '{"indexes":[{"name":"country_1_size_-1","keys":{"country":1,"size":-1}}]}');
  const { explain } = (await node.post(`${cities}/find`, { filter: { country: 'JP' }, hint: 'country_1_size_-1', explain: true }))
    .json;
  assert.equal(explain.access, 'index');
  assert.equal(explain.index, 'country_1_size_-1');
  assert.equal((await node.send('DELETE', `${cities}/indexes/country_1_size_-1`)).status, 200);
  assert.equal((await node.send('DELETE', `${cities}/indexes/country_1_size_-1`)).json.code, 'unknown_index');
});

test('what is not built says so', async () => {
  const asked = await Promise.all([
    node.post(`${cities}/aggregate`, { pipeline: [] }),
    node.get('/v1/proofs/cities/7'),
    node.get('/v1/audit'),
    node.get(`${cities}/documents/7?proof=true`),
    node.post(`${cities}/find`, { proof: true }),
    node.post(`${cities}/find`, { consistency: 'latest' }),
    node.post('/v1/collections', { name: 'tiered', tiering: {} }),
  ]);
  assert.deepEqual(
    asked.map(({ status, json }) => [status, json.code]),
    asked.map(() => [501, 'not_implemented']),
  );
});
