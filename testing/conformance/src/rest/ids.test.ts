import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { RestNode } from './rest-node.ts';

let node: RestNode;
const documents = '/v1/collections/things/documents';

before(async () => {
  node = await RestNode.start();
  await node.fill('things', []);
});
after(() => node[Symbol.asyncDispose]());

test('a null _id is kept, wherever it comes from', async () => {
  const update = '/v1/collections/things/update';
  const asked = await node.post(update, { filter: { _id: null }, update: { $set: { by: 'filter' } }, upsert: true });
  assert.equal(asked.json.upsertedId, null, asked.text);
  assert.deepEqual((await node.get(`${documents}/null`)).json, { _id: null, by: 'filter' });
  await node.send('DELETE', `${documents}/null`);
  const set = await node.post(update, { filter: { by: 'update' }, update: { $set: { _id: null } }, upsert: true });
  assert.equal(set.json.upsertedId, null, set.text);
  await node.send('DELETE', `${documents}/null`);
  assert.deepEqual((await node.post(documents, { by: 'insert', _id: null })).json.ids, [null]);
  assert.deepEqual((await node.get(`${documents}/null`)).json, { _id: null, by: 'insert' });
});

/** Path segment before its URL encoding, and the id as Extended JSON. */
const IDS: readonly (readonly [segment: string, id: string])[] = [
  ['paris', '"paris"'],
  ['true', 'true'],
  ['false', 'false'],
  ['"true"', '"true"'],
  ['"null"', '"null"'],
  ['5', '5'],
  ['"5"', '"5"'],
  ['1.5', '1.5'],
  ['{"$numberDecimal":"2.50"}', '{"$numberDecimal":"2.50"}'],
  ['{"$date":"2020-01-01T00:00:00Z"}', '{"$date":"2020-01-01T00:00:00Z"}'],
  ['{"$oid":"65a1b2c3d4e5f60718293a4b"}', '{"$oid":"65a1b2c3d4e5f60718293a4b"}'],
  ['{"$binary":{"base64":"AAEC","subType":"00"}}', '{"$binary":{"base64":"AAEC","subType":"00"}}'],
  ['{"$timestamp":{"t":1,"i":2}}', '{"$timestamp":{"t":1,"i":2}}'],
  ['{"a":{"b":[1]}}', '{"a":{"b":[1]}}'],
  ['""', '""'],
  ['a/b', '"a/b"'],
];

for (const [segment, id] of IDS) {
  test(`the id ${id} is reached as ${segment}`, async () => {
    const path = `${documents}/${encodeURIComponent(segment)}`;
    assert.equal((await node.post(documents, `{"_id":${id}}`)).status, 201);
    assert.equal((await node.get(path)).text, `{"_id":${id}}`);
    assert.equal((await node.send('PATCH', path, { $set: { n: 1 } })).status, 200);
    assert.equal((await node.get(path)).text, `{"_id":${id},"n":1}`);
    assert.equal((await node.send('DELETE', path)).status, 200);
    assert.equal((await node.get(path)).status, 404);
  });
}

test('an _id that no filter could ask for is refused', async () => {
  for (const id of ['[1]', '{"$regularExpression":{"pattern":"a","options":""}}', '{"$x":1}', '{"a":{"$x":1}}']) {
    const { status, json } = await node.post(documents, `{"_id":${id}}`);
    assert.deepEqual([status, json.code], [400, 'invalid_id'], id);
  }
});

test('a value that is there already is named, cut where it is long', async () => {
  await node.fill('users', [{ _id: 1, mail: 'ann@example.org', tags: ['x', 'y'] }]);
  await node.post('/v1/collections/users/indexes', { keys: { mail: 1 }, unique: true });
  await node.post('/v1/collections/users/indexes', { keys: { tags: 1 }, unique: true });
  const users = '/v1/collections/users/documents';
  const mail = (await node.post(users, { _id: 2, mail: 'ann@example.org', tags: [] })).json;
  assert.deepEqual([mail.code, mail.index, mail.value], ['duplicate_key_value', 'mail_1', '{"mail":"ann@example.org"}']);
  assert.match(mail.detail, /holds \{"mail":"ann@example.org"\} already/);
  const tag = (await node.post(users, { _id: 3, mail: 'c', tags: ['a', 'y'] })).json;
  assert.equal(tag.value, '{"tags":"y"}');
  const id = 'i'.repeat(900);
  await node.post(users, { _id: id, mail: 'd', tags: 'd' });
  const again = (await node.post(users, { _id: id, mail: 'e', tags: 'e' })).json;
  assert.deepEqual([again.code, again.id], ['duplicate_id', `"${'i'.repeat(199)}…`]);
  assert.ok(again.detail.length < 300, again.detail);
});
