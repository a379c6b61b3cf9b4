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

test('batchSize makes pages, by which everything is reached once', async () => {
  for (const query of [
    {},
    { filter: { size: { $gte: 1000 } } },
    { sort: { size: -1 } },
    { filter: { country: 'FR' }, sort: { _id: 1 } },
  ]) {
    const whole = await node.post(`${cities}/find`, query);
    const pages = await allPages({ ...query, batchSize: 70 });
    assert.deepEqual(pages.flat(), whole.json.documents, JSON.stringify(query));
    assert.deepEqual(new Set(pages.slice(0, -1).map((page) => page.length)), new Set([70]));
  }
});

test('a limit counts over all pages and ends without a cursor', async () => {
  const limited = await node.post(`${cities}/find`, { limit: 70 });
  assert.deepEqual([limited.json.documents.length, limited.json.cursor], [70, undefined]);
  const pages = await allPages({ limit: 70, batchSize: 30 });
  assert.deepEqual(
    pages.map((page) => page.length),
    [30, 30, 10],
  );
  assert.deepEqual(pages.flat(), limited.json.documents);
  const none = await node.post(`${cities}/find`, { batchSize: 0 });
  assert.deepEqual([none.status, none.json.code], [400, 'invalid_request']);
});

async function allPages(query: object): Promise<unknown[][]> {
  const pages: unknown[][] = [];
  let cursor: string | undefined;
  do {
    const { json } = await node.post(`${cities}/find`, { ...query, ...(cursor !== undefined && { cursor }) });
    pages.push(json.documents);
    cursor = json.cursor;
  } while (cursor !== undefined && pages.length < 100);
  return pages;
}

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

test('aggregate runs a pipeline, tells where, and reads the past', async () => {
  const pipeline = [{ $match: { size: { $gte: 1000 } } }, { $group: { _id: '$country', n: { $sum: 1 } } }, { $sort: { _id: 1 } }];
  const { json } = await node.post(`${cities}/aggregate`, { pipeline, explain: true });
  assert.deepEqual(json.documents, [
    { _id: 'DE', n: 67 },
    { _id: 'FR', n: 66 },
    { _id: 'JP', n: 67 },
  ]);
  assert.deepEqual(
    json.explain.stages.map(({ ran }: { ran: string }) => ran),
    ['find', 'sql', 'memory'],
  );
  const past = await node.post(`${cities}/aggregate`, { pipeline, at: json.height });
  assert.deepEqual([past.json.documents, past.json.height], [json.documents, json.height]);
  assert.match(
    String((await node.post(`${cities}/aggregate`, { pipeline: [{ $limit: 1 }, { $set: { at: '$$NOW' } }] })).text),
    /"\$date":"20/,
  );
});

test('what is not built says so', async () => {
  const asked = await Promise.all([
    node.post(`${cities}/aggregate`, { pipeline: [{ $out: 'copy' }] }),
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
