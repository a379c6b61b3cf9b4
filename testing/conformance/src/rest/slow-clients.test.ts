import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RawClient, requestHead } from './raw-client.ts';
import { RestNode } from './rest-node.ts';

const DOCUMENTS = '/v1/collections/notes/documents';
const STREAM = 'GET /v1/collections/{collection}/changes';

test('a client that sends no whole head is cut off, and others are served meanwhile', async () => {
  await using node = await RestNode.start({ headersMs: 500, requestMs: 1000 });
  const slow = await RawClient.open(node.port);
  slow.send('GET /v1/status HTTP/1.1\r\nHost: node\r\nX-A');
  assert.equal((await node.get('/v1/status')).status, 200);
  await slow.closed();
  assert.match(slow.text, /^HTTP\/1\.1 408 Request Timeout\r\n/);
  assert.match(slow.text, /"code":"timeout"/);
});

test('a client that drips its head byte by byte is cut off all the same', async () => {
  await using node = await RestNode.start({ headersMs: 500, requestMs: 1000 });
  const slow = await RawClient.open(node.port);
  slow.send('GET /v1/status HTTP/1.1\r\nHost: node\r\n');
  const drip = setInterval(() => slow.send('X-Drip: 1\r\n'), 50);
  await slow.closed();
  clearInterval(drip);
  assert.match(slow.text, /^HTTP\/1\.1 408 /);
});

test('a client that connects and says nothing is cut off', async () => {
  await using node = await RestNode.start({ headersMs: 500, requestMs: 1000 });
  const silent = await RawClient.open(node.port);
  await silent.closed();
});

test('a client that stops in the middle of its body is cut off, and nothing is written', async () => {
  await using node = await RestNode.start({ headersMs: 500, requestMs: 1000 });
  await node.fill('notes', []);
  const slow = await RawClient.open(node.port);
  slow.send(requestHead('POST', DOCUMENTS, node.token, ['Content-Type: application/json', 'Content-Length: 100']));
  slow.send('{"_id":"half",');
  await slow.closed();
  assert.match(slow.text, /408/);
  assert.equal((await node.get(`${DOCUMENTS}/half`)).status, 404);
  await quiet(node);
});

test('a stream whose client stops reading is closed, and the node holds little for it', async () => {
  await using node = await RestNode.start({ stalledStreamMs: 500 });
  await node.fill('notes', []);
  for (let n = 0; n < 60; n += 4) {
    const batch = Array.from({ length: 4 }, (_, m) => ({ text: `${n + m} ${'x'.repeat(900_000)}` }));
    assert.equal((await node.post(DOCUMENTS, batch)).status, 201);
  }
  const deaf = await RawClient.open(node.port);
  deaf.stopReading();
  deaf.send(requestHead('GET', '/v1/collections/notes/changes?since=0', node.token, ['Accept: text/event-stream']));
  await eventually(async () => (await answered(node, STREAM)) === 1);
  await eventually(async () => (await gauge(node, 'aerolith_http_streams_open')) === 0);
  deaf.startReading();
  await deaf.closed();
  assert.ok(deaf.text.length < 40_000_000, `${deaf.text.length} bytes of 54 MB had left the node`);
  assert.ok(deaf.text.length > 0);
});

test('a reader that is only slow gets everything', async () => {
  await using node = await RestNode.start({ stalledStreamMs: 20_000 });
  await node.fill('notes', []);
  for (let n = 0; n < 12; n += 4) {
    await node.post(
      DOCUMENTS,
      Array.from({ length: 4 }, (_, m) => ({ _id: n + m, text: 'x'.repeat(900_000) })),
    );
  }
  const slow = await RawClient.open(node.port);
  slow.stopReading();
  slow.send(requestHead('GET', '/v1/collections/notes/changes?since=0', node.token, ['Accept: text/event-stream']));
  await eventually(async () => (await answered(node, STREAM)) === 1);
  slow.startReading();
  await slow.until((text) => text.split('event: change').length === 14);
  slow.socket.destroy();
});

test('answers that a client does not read end when its connection has been silent too long', async () => {
  await using node = await RestNode.start({ silentMs: 2000 });
  await node.fill('notes', []);
  // Not over HTTP, where a large write on a busy machine would be silent too long as well.
  const { database, session } = node.running;
  for (let n = 0; n < 12; n += 1) {
    const documents = [`{"_id":${n},"text":"${'x'.repeat(900_000)}"}`];
    await database.execute(session, { type: 'insert', collection: 'notes', documents });
  }
  const deaf = await RawClient.open(node.port);
  deaf.stopReading();
  for (let n = 0; n < 8; n += 1) deaf.send(requestHead('GET', '/v1/changes?since=0&limit=1000', node.token));
  await eventually(async () => (await answered(node, 'GET /v1/changes')) > 0);
  await eventually(async () => (await openConnections(node)) === 1);
  assert.equal((await node.get('/v1/status')).status, 200);
  deaf.socket.destroy();
});

test('a client that leaves in the middle of its request does no harm', async () => {
  await using node = await RestNode.start();
  await node.fill('notes', []);
  for (let n = 0; n < 50; n += 1) {
    const leaving = await RawClient.open(node.port);
    const body = `{"_id":${n}}`;
    leaving.send(
      requestHead('POST', DOCUMENTS, node.token, ['Content-Type: application/json', `Content-Length: ${body.length}`]),
    );
    leaving.send(n % 2 === 0 ? body : body.slice(0, 5));
    leaving.socket.destroy();
  }
  await quiet(node);
  const { count } = (await node.post('/v1/collections/notes/count', {})).json;
  assert.ok(count <= 25, `${count} documents of 25 whole requests`);
});

test('a client that leaves while its password is checked leaves no stream behind', async () => {
  await using node = await RestNode.start();
  await node.fill('notes', [{ _id: 1 }]);
  const { database, session } = node.running;
  for (let n = 1; n <= 5; n += 1) {
    // Each its own, since a password that was checked is remembered.
    const user = { name: `ann${n}`, password: 'correct horse', grants: { notes: 'reader' } } as const;
    await database.createUser(session, user);
    const basic = `Authorization: Basic ${btoa(`${user.name}:${user.password}`)}`;
    const leaving = await RawClient.open(node.port);
    leaving.send(
      `GET /v1/collections/notes/changes?since=0 HTTP/1.1\r\nHost: node\r\n${basic}\r\nAccept: text/event-stream\r\n\r\n`,
    );
    await eventually(
      async () => (await gauge(node, 'aerolith_http_requests_open')) === 2 || (await answered(node, STREAM)) === n,
    );
    leaving.socket.destroy();
    await eventually(async () => (await answered(node, STREAM)) === n);
  }
  await eventually(async () => (await gauge(node, 'aerolith_http_streams_open')) === 0);
});

/** How often a route has answered. A counter, since what a gauge shows may be over before it is looked at. */
async function answered(node: RestNode, route: string): Promise<number> {
  const { text } = await node.get('/metrics');
  const escaped = route.replaceAll(/[{}]/g, '\\$&');
  return Number(
    new RegExp(`^aerolith_http_requests_total\\{route="${escaped}",status="200"\\} (\\S+)$`, 'm').exec(text)?.[1] ?? 0,
  );
}

/**
 * Counted over a connection made for it alone: the pool of `fetch` may make a second one at any time, and keeps both from being
 * silent by using them in turn.
 */
async function openConnections(node: RestNode): Promise<number> {
  const asking = await RawClient.open(node.port);
  asking.send(requestHead('GET', '/metrics', node.token, ['Connection: close']));
  await asking.closed();
  return Number(/^aerolith_http_connections (\S+)$/m.exec(asking.text)?.[1]);
}

async function gauge(node: RestNode, name: string): Promise<number> {
  const { text } = await node.get('/metrics');
  return Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1]);
}

/** All requests but the one that asks are finished. */
async function quiet(node: RestNode): Promise<void> {
  await eventually(async () => (await gauge(node, 'aerolith_http_requests_open')) === 1);
}

/** Ends when the condition holds; the test runner's own time limit ends it when it never does. */
async function eventually(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 25));
}
