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

test('a document of every type comes back byte for byte in relaxed form', async () => {
  const text =
    '{"_id":"types","10":"ten","2":"two","int":5,"long":5000000000,"smallLong":{"$numberLong":"5"},"double":1.0,"big":1e+21,"nan":{"$numberDouble":"NaN"},"minusZero":{"$numberDouble":"-0.0"},"decimal":{"$numberDecimal":"1.50"},"date":{"$date":"2020-01-01T00:00:00Z"},"oid":{"$oid":"65a1b2c3d4e5f60718293a4b"},"binary":{"$binary":{"base64":"AQID","subType":"00"}},"regex":{"$regularExpression":{"pattern":"^a","options":"i"}},"stamp":{"$timestamp":{"t":1,"i":2}},"null":null,"array":[1,[2,{"a":[]}]],"text":"ü \\" \\\\ \\n 😀"}';
  assert.equal((await node.post(documents, text)).status, 201);
  const reply = await node.get(`${documents}/types`);
  assert.equal(reply.status, 200);
  assert.equal(reply.text, text);
});

test('canonical form is taken, and means the same', async () => {
  const canonical = '{"_id":{"$numberInt":"7"},"d":{"$numberDouble":"1.0"},"at":{"$date":{"$numberLong":"1577836800000"}}}';
  assert.equal((await node.post(documents, canonical)).status, 201);
  assert.equal((await node.get(`${documents}/7`)).text, '{"_id":7,"d":1.0,"at":{"$date":"2020-01-01T00:00:00Z"}}');
});

test('an id of any type has an address', async () => {
  const ids = [
    'plain',
    '5',
    '',
    'a/b?c#d',
    '{"a":1}',
    'ünï',
    '"quoted"',
    5,
    1.5,
    true,
    null,
    { $oid: '65a1b2c3d4e5f60718293a4c' },
    { a: 1, b: 'x' },
  ];
  const made = await node.post(
    documents,
    ids.map((id, n) => ({ _id: id, n })),
  );
  assert.equal(made.status, 201, made.text);
  assert.deepEqual(made.json.ids, ids);
  for (const [n, id] of ids.entries()) {
    const reply = await node.get(`${documents}/${encodeURIComponent(segment(id))}`);
    assert.equal(reply.json?.n, n, `${JSON.stringify(id)} ${reply.text}`);
  }
});

function segment(id: unknown): string {
  if (typeof id !== 'string') return JSON.stringify(id);
  return id === '5' || id === '' || id.startsWith('{') || id.startsWith('"') ? JSON.stringify(id) : id;
}

test('a document without an id gets one, which the answer tells', async () => {
  const { json } = await node.post(documents, { name: 'made' });
  assert.match(json.ids[0].$oid, /^[0-9a-f]{24}$/);
  const address = encodeURIComponent(JSON.stringify(json.ids[0]));
  assert.deepEqual((await node.get(`${documents}/${address}`)).json, { _id: json.ids[0], name: 'made' });
});

test('the ETag is the version: If-Match lets a write through once', async () => {
  await node.post(documents, { _id: 'tagged', n: 0 });
  const tag = (await node.get(`${documents}/tagged`)).headers.get('etag')!;
  const first = await node.send('PUT', `${documents}/tagged`, { n: 1 }, { headers: { 'if-match': tag } });
  assert.equal(first.status, 200);
  assert.equal(first.headers.get('etag'), `"${first.json.receipt.version}"`);
  for (const [method, body] of [
    ['PUT', { n: 2 }],
    ['PATCH', { $inc: { n: 1 } }],
    ['DELETE', undefined],
  ] as const) {
    const late = await node.send(method, `${documents}/tagged`, body, { headers: { 'if-match': tag } });
    assert.equal(late.status, 412, method);
    assert.equal(late.json.code, 'version_conflict');
  }
  assert.equal((await node.get(`${documents}/tagged`)).text, '{"_id":"tagged","n":1}');
});

test('If-Match: * does not make a document; a malformed one is refused', async () => {
  const none = await node.send('PUT', `${documents}/absent`, { n: 1 }, { headers: { 'if-match': '*' } });
  assert.equal(none.json.code, 'unknown_document');
  const weak = await node.send('PUT', `${documents}/absent`, { n: 1 }, { headers: { 'if-match': 'W/"1"' } });
  assert.equal(weak.json.code, 'invalid_request');
  assert.equal((await node.get(`${documents}/absent`)).status, 404);
});

test('If-None-Match saves sending what the client has', async () => {
  await node.post(documents, { _id: 'cached' });
  const tag = (await node.get(`${documents}/cached`)).headers.get('etag')!;
  const again = await node.get(`${documents}/cached`, { headers: { 'if-none-match': tag } });
  assert.equal(again.status, 304);
  assert.equal(again.text, '');
});

test('PUT makes, then replaces; its id is that of the address', async () => {
  const made = await node.send('PUT', `${documents}/put`, { n: 1 });
  assert.equal(made.status, 201);
  assert.equal((await node.send('PUT', `${documents}/put`, { _id: 'put', m: 2 })).status, 200);
  assert.equal((await node.get(`${documents}/put`)).text, '{"_id":"put","m":2}');
  const other = await node.send('PUT', `${documents}/put`, { _id: 'other' });
  assert.equal(other.json.code, 'immutable_id');
});

test('PATCH changes by operators and keeps the version when nothing changes', async () => {
  await node.post(documents, { _id: 'patched', n: 1 });
  const changed = await node.send('PATCH', `${documents}/patched`, { $inc: { n: 1 } });
  assert.equal(changed.json.modified, 1);
  const unchanged = await node.send('PATCH', `${documents}/patched`, { $set: { n: 2 } });
  assert.equal(unchanged.json.modified, 0);
  assert.equal(unchanged.headers.get('etag'), changed.headers.get('etag'));
  assert.equal((await node.get(`${documents}/patched`)).headers.get('etag'), changed.headers.get('etag'));
  assert.equal((await node.send('PATCH', `${documents}/nowhere`, { $set: { n: 2 } })).json.code, 'unknown_document');
});

test('DELETE removes once; the history stays; at reads the past by height and by time', async () => {
  const made = (await node.post(documents, { _id: 'gone', n: 1 })).json.receipt;
  const changed = (await node.send('PATCH', `${documents}/gone`, { $set: { n: 2 } })).json.receipt;
  assert.equal((await node.send('DELETE', `${documents}/gone`)).status, 200);
  assert.equal((await node.send('DELETE', `${documents}/gone`)).json.code, 'unknown_document');
  assert.equal((await node.get(`${documents}/gone`)).status, 404);
  const past = await node.get(`${documents}/gone?at=${made.height}`);
  assert.equal(past.text, '{"_id":"gone","n":1}');
  assert.equal(past.headers.get('etag'), `"${made.version}"`);
  const then = await node.get(`${documents}/gone?at=${new Date(changed.time).toISOString()}`);
  assert.ok([200, 404].includes(then.status), then.text);
  const { history } = (await node.get(`${documents}/gone/history`)).json;
  assert.deepEqual(
    history.map((one: { kind: string }) => one.kind),
    ['delete', 'update', 'insert'],
  );
  assert.equal((await node.get(`${documents}/gone/history?limit=1`)).json.history.length, 1);
});

test('an array is inserted as a whole or not at all', async () => {
  const refused = await node.post(documents, [{ _id: 'all-1' }, { _id: 'all-2' }, { _id: 'all-1' }]);
  assert.equal(refused.status, 409);
  assert.equal(refused.json.code, 'duplicate_id');
  assert.equal((await node.get(`${documents}/all-2`)).status, 404);
});

test('the same Idempotency-Key is applied once and answered with the first receipt', async () => {
  const headers = { 'idempotency-key': 'once-1' };
  const first = await node.post(documents, { n: 1 }, { headers });
  const second = await node.post(documents, { n: 1 }, { headers });
  assert.deepEqual(second.json, first.json);
  assert.equal(first.json.receipt.commandId, 'once-1');
  const other = await node.post(documents, { n: 2 }, { headers });
  assert.equal(other.json.code, 'command_id_reused');
});

test('HEAD answers as GET without a body', async () => {
  await node.post(documents, { _id: 'head' });
  const reply = await node.send('HEAD', `${documents}/head`);
  assert.equal(reply.status, 200);
  assert.equal(reply.text, '');
  assert.equal(reply.headers.get('content-length'), String('{"_id":"head"}'.length));
});

test('field names with dots are kept, and a dotted path means a field inside another', async () => {
  await node.fill(
    'dotted',
    ['{"_id":1,"a.b":1,"a":{"b":2,"c.d":[{"e.f":3}]}}'].map((text) => JSON.parse(text)),
  );
  const path = '/v1/collections/dotted';
  assert.equal((await node.get(`${path}/documents/1`)).text, '{"_id":1,"a.b":1,"a":{"b":2,"c.d":[{"e.f":3}]}}');
  assert.equal((await node.post(`${path}/count`, { filter: { 'a.b': 1 } })).json.count, 0);
  assert.equal((await node.post(`${path}/count`, { filter: { 'a.b': 2 } })).json.count, 1);
  await node.send('PATCH', `${path}/documents/1`, { $set: { 'a.b': 5 } });
  assert.equal((await node.get(`${path}/documents/1`)).text, '{"_id":1,"a.b":1,"a":{"b":5,"c.d":[{"e.f":3}]}}');
});
