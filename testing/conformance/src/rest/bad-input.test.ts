import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { DOCUMENTS, FIND } from './bad-case.ts';
import { BAD_DOCUMENTS } from './bad-documents.ts';
import { BAD_QUERIES } from './bad-queries.ts';
import { BAD_REQUESTS } from './bad-requests.ts';
import { RestNode } from './rest-node.ts';

let node: RestNode;

before(async () => {
  node = await RestNode.start();
  const place = { type: 'object', properties: { lat: { type: 'number' } } };
  const schema = { type: 'object', required: ['name'], properties: { name: { type: 'string' }, place } };
  await node.fill('cities', [{ _id: 'paris', name: 'Paris', population: 2, code: 'PAR', place: { lat: 48.8 } }], { schema });
  await node.post('/v1/collections/cities/indexes', { keys: { code: 1 }, unique: true });
});
after(() => node[Symbol.asyncDispose]());

for (const { name, method, path, body, headers, status, code, members, detail } of [
  ...BAD_DOCUMENTS,
  ...BAD_QUERIES,
  ...BAD_REQUESTS,
]) {
  test(`${name}: ${status} ${code}`, async () => {
    const reply = await node.send(method ?? 'POST', path ?? '', body, headers === undefined ? {} : { headers });
    assert.equal(reply.status, status, reply.text);
    assert.equal(reply.headers.get('content-type'), 'application/problem+json');
    assert.equal(reply.json.code, code, reply.text);
    assert.equal(reply.json.status, status);
    assert.equal(reply.json.type, `urn:aerolithdb:error:${code}`);
    assert.ok(reply.json.title.length > 0 && reply.json.detail.length > 0);
    for (const [member, value] of Object.entries(members ?? {})) assert.deepEqual(reply.json[member], value, reply.text);
    if (detail !== undefined) assert.match(reply.json.detail, detail);
    assert.doesNotMatch(reply.text, /\bat .*\.ts:\d+|node_modules|\bat async /, 'a stack trace must not go out');
  });
}

test('bytes that are not UTF-8 are refused', async () => {
  const response = await fetch(`${node.server.url}${DOCUMENTS}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${node.token}`, 'content-type': 'application/json' },
    body: new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]),
  });
  assert.equal(response.status, 400);
  assert.equal(((await response.json()) as { code: string }).code, 'invalid_json');
});

test('a catastrophic regular expression is answered, and the node goes on', async () => {
  await node.post(DOCUMENTS, { _id: 'aaa', name: `${'a'.repeat(5000)}!` });
  const reply = await node.post(FIND, { filter: { name: { $regex: '^(a+)+$' } } });
  assert.equal(reply.status, 200, reply.text);
  assert.deepEqual(reply.json.documents, []);
  assert.equal((await node.get('/v1/status')).status, 200);
});

test('nothing of all this has changed a document', async () => {
  const { json } = await node.post(FIND, { filter: { _id: { $ne: 'aaa' } } });
  assert.deepEqual(json.documents, [{ _id: 'paris', name: 'Paris', population: 2, code: 'PAR', place: { lat: 48.8 } }]);
});
