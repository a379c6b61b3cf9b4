import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { RawClient, requestHead } from './raw-client.ts';
import { RestNode } from './rest-node.ts';

const FIND = '/v1/collections/notes/find';
const NDJSON = 'application/x-ndjson';
const LINES = { headers: { accept: NDJSON } };
/** More than fits into the buffers between node and client: 27 MB. */
const LARGE = Array.from({ length: 30 }, (_, n) => ({ _id: n, text: `${n % 10}`.repeat(900_000) }));

async function fillLarge(node: RestNode): Promise<void> {
  await node.fill('notes', []);
  for (let n = 0; n < LARGE.length; n += 3) {
    const { status } = await node.post('/v1/collections/notes/documents', LARGE.slice(n, n + 3));
    assert.equal(status, 201);
  }
}

function openLines(node: RestNode, token = node.token): Promise<Response> {
  const headers = { authorization: `Bearer ${token}`, accept: NDJSON };
  return fetch(`${node.server.url}${FIND}`, { method: 'POST', headers });
}

async function streamsOpen(node: RestNode): Promise<number> {
  const { text } = await node.get('/metrics');
  return Number(/^aerolith_http_streams_open (\d+)$/m.exec(text)?.[1]);
}

test('with Accept: application/x-ndjson a find answers with all documents, one a line, and the height', async () => {
  await using node = await RestNode.start();
  const notes = Array.from({ length: 2500 }, (_, n) => ({ _id: n, n: n % 7, at: { $date: '2020-01-01T00:00:00Z' } }));
  await node.fill('notes', notes);
  const { height } = (await node.get('/v1/status')).json;
  const all = await node.send('POST', FIND, undefined, LINES);
  assert.deepEqual([all.status, all.headers.get('content-type')], [200, NDJSON]);
  assert.equal(all.headers.get('aerolith-height'), String(height));
  assert.equal(all.text, notes.map((note) => `${JSON.stringify(note)}\n`).join(''));
  const query = { filter: { n: 3 }, projection: { at: 0 }, sort: { _id: -1 }, skip: 1, limit: 2 };
  const some = await node.post(FIND, query, LINES);
  assert.equal(some.text, '{"_id":2488,"n":3}\n{"_id":2481,"n":3}\n');
  const mixed = await node.post(FIND, { limit: 1 }, { headers: { accept: `${NDJSON}, application/json;q=0.5` } });
  assert.equal(mixed.headers.get('content-type'), NDJSON);
  assert.equal((await node.post(FIND, { limit: 1 }, { headers: { accept: '*/*' } })).json.documents.length, 1);
  const past = await node.post(FIND, { at: height - 1, limit: 1 }, LINES);
  assert.deepEqual([past.headers.get('aerolith-height'), past.text], [String(height - 1), `${JSON.stringify(notes[0])}\n`]);
});

test('nothing selected is an answer of no bytes; what is wrong is a problem before any', async () => {
  await using node = await RestNode.start();
  await node.fill('notes', []);
  const none = await node.post(FIND, {}, LINES);
  assert.deepEqual([none.status, none.text], [200, '']);
  for (const [path, body, status, code] of [
    ['/v1/collections/nots/find', {}, 404, 'unknown_collection'],
    [FIND, { filter: { a: { $gq: 1 } } }, 400, 'unknown_operator'],
    [FIND, { cursor: 'x' }, 400, 'invalid_request'],
    [FIND, { batchSize: 5 }, 400, 'invalid_request'],
    [FIND, { explain: true }, 400, 'invalid_request'],
    [FIND, { at: 99 }, 400, 'invalid_position'],
  ] as const) {
    const reply = await node.post(path, body, LINES);
    assert.deepEqual([reply.status, reply.json.code], [status, code], JSON.stringify(body));
  }
});

test('HTTP/1.0, in which a part looks like the whole, is refused', async () => {
  await using node = await RestNode.start();
  await node.fill('notes', []);
  const old = await RawClient.open(node.port);
  old.send(requestHead('POST', FIND, node.token, [`Accept: ${NDJSON}`]).replace('HTTP/1.1', 'HTTP/1.0'));
  await old.closed();
  assert.match(old.text, /^HTTP\/1\.1 400 /);
  assert.match(old.text, /"code":"invalid_request"/);
});

test('a client that reads slowly gets everything, while others write', { timeout: 60_000 }, async () => {
  await using node = await RestNode.start();
  await fillLarge(node);
  const response = await openLines(node);
  let text = '';
  for await (const piece of response.body!.pipeThrough(new TextDecoderStream())) {
    if (text.length % 7 === 0) await pause(5);
    text += piece;
    if (text.length < 1_000_000) await node.post('/v1/collections/notes/documents', [{ late: true }]);
  }
  assert.ok(text === LARGE.map((note) => `${JSON.stringify(note)}\n`).join(''));
});

test('a client that leaves ends the export', { timeout: 60_000 }, async () => {
  await using node = await RestNode.start();
  await fillLarge(node);
  for (let round = 0; round < 6; round++) {
    const response = await openLines(node);
    await response.body?.getReader().cancel();
    while ((await streamsOpen(node)) > 0) await pause(5);
  }
});

test('an export that fails on the way ends with a broken connection', { timeout: 60_000 }, async () => {
  await using node = await RestNode.start();
  await fillLarge(node);
  const { database, session } = node.running;
  const { token } = await database.createToken(session, { name: 'reader', grants: { notes: 'reader' } });
  const response = await openLines(node, token);
  assert.equal(response.status, 200);
  const reader = response.body!.getReader();
  await reader.read();
  await database.removePrincipal(session, 'reader');
  await assert.rejects(async () => {
    while (!(await reader.read()).done);
  }, /terminated/);
  assert.equal((await node.post(FIND, { limit: 1 }, LINES)).status, 200);
});
