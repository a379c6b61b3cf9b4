import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { EventReader } from './event-reader.ts';
import { RestNode } from './rest-node.ts';

let node: RestNode;
const notes = '/v1/collections/notes';

before(async () => {
  node = await RestNode.start({ heartbeatMs: 50 });
  await node.fill(
    'notes',
    Array.from({ length: 25 }, (_, n) => ({ _id: n })),
  );
  await node.fill('others', [{ _id: 'other' }]);
});
after(() => node[Symbol.asyncDispose]());

test('pages give every change once, linked by hash', async () => {
  const changes: { id: unknown; hash: string; previousHash: string }[] = [];
  let since = 0;
  for (;;) {
    const { json } = await node.get(`${notes}/changes?since=${since}&limit=10`);
    if (json.changes.length === 0) break;
    changes.push(...json.changes);
    since = json.position;
  }
  assert.deepEqual(
    changes.map((one) => one.id),
    [undefined, ...Array.from({ length: 25 }, (_, n) => n)],
  );
  for (const [n, change] of changes.entries()) assert.equal(change.previousHash, changes[n - 1]?.hash ?? '0'.repeat(64));
});

test('a long poll answers when something changes, and empty when nothing does', async () => {
  const { position } = (await node.get(`${notes}/changes?since=0&limit=1000`)).json;
  const waiting = node.get(`${notes}/changes?since=${position}&wait=30`);
  await node.post('/v1/collections/others/documents', {});
  await node.post(`${notes}/documents`, { _id: 'polled' });
  const { json } = await waiting;
  assert.deepEqual(
    json.changes.map((one: { id: unknown }) => one.id),
    ['polled'],
  );
  const quiet = await node.get(`${notes}/changes?since=${json.position}&wait=1`);
  assert.deepEqual(quiet.json.changes, []);
});

test('a stream from the height of a query has no gap and no repeat', async () => {
  const query = await node.post(`${notes}/count`, {});
  const since = query.json.height * 16_384 + 16_383;
  await using reader = await EventReader.open(node, `${notes}/changes?since=${since}`);
  for (let n = 0; n < 20; n += 1) await node.post(`${notes}/documents`, { _id: `after ${n}` });
  const events = await reader.take(20);
  assert.deepEqual(
    events.map((event) => JSON.parse(event.data).id),
    Array.from({ length: 20 }, (_, n) => `after ${n}`),
  );
  assert.ok(events.every((event) => event.event === 'change' && event.id === String(JSON.parse(event.data).position)));
});

test('Last-Event-ID resumes after the event, before since is looked at', async () => {
  await using first = await EventReader.open(node, `${notes}/changes?since=0`);
  const [, second] = await first.take(2);
  await using resumed = await EventReader.open(node, `${notes}/changes?since=0`, { 'last-event-id': second!.id! });
  const [third] = await resumed.take(1);
  assert.equal(JSON.parse(third!.data).id, 1);
});

test('a stream without since begins now, and shows that it is alive', async () => {
  await using reader = await EventReader.open(node, '/v1/changes');
  await reader.until((text) => text.includes(': alive\n\n'));
  await node.post('/v1/collections/others/documents', { _id: 'now' });
  const [event] = await reader.take(1);
  assert.equal(JSON.parse(event!.data).id, 'now');
});

test('what cannot be streamed is refused with a status', async () => {
  const headers = { accept: 'text/event-stream' };
  const ahead = await node.get(`${notes}/changes?since=99999999999`, { headers });
  assert.deepEqual([ahead.status, ahead.json.code], [400, 'invalid_position']);
  const unknown = await node.get('/v1/collections/note/changes', { headers });
  assert.deepEqual([unknown.status, unknown.json.nearest], [404, 'notes']);
  const malformed = await node.get(`${notes}/changes`, { headers: { ...headers, 'last-event-id': 'x' } });
  assert.equal(malformed.json.code, 'invalid_position');
});

test('a stream ends with the error when its token is removed', async () => {
  const { token } = (await node.post('/v1/tokens', { name: 'watcher', grants: { notes: 'reader' } })).json;
  await using reader = await EventReader.open(node, `${notes}/changes`, { authorization: `Bearer ${token}` });
  await node.send('DELETE', '/v1/tokens/watcher');
  await node.post(`${notes}/documents`, { _id: 'secret' });
  const [event] = await reader.take(1);
  assert.equal(event!.event, 'error');
  assert.equal(JSON.parse(event!.data).code, 'unauthenticated');
  await reader.ended();
});

test('streams and long polls end when the server closes', async () => {
  const other = await RestNode.start();
  await other.fill('notes', []);
  const reader = await EventReader.open(other, '/v1/changes');
  const { position } = (await other.get('/v1/changes?since=0')).json;
  const waiting = other.get(`/v1/changes?since=${position}&wait=60`);
  await other.get('/v1/status');
  await other[Symbol.asyncDispose]();
  await reader.ended();
  assert.deepEqual((await waiting).json.changes, []);
});
