import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RawClient, requestHead } from './raw-client.ts';
import { RestNode } from './rest-node.ts';

const IDLE = 2000;

test(`${IDLE} idle connections stay open while others are served`, async () => {
  await using node = await RestNode.start();
  const clients: RawClient[] = [];
  for (let n = 0; n < IDLE; n += 100) {
    clients.push(...(await Promise.all(Array.from({ length: 100 }, () => RawClient.open(node.port)))));
  }
  for (const client of clients) client.send(requestHead('GET', '/health', node.token));
  for (const client of clients) await client.until((text) => text.includes('{"status":"ok"}'));
  await node.fill('notes', [{ _id: 'served' }]);
  assert.equal((await node.get('/v1/collections/notes/documents/served')).status, 200);
  const { text } = await node.get('/metrics');
  const open = Number(/^aerolith_http_connections (\d+)$/m.exec(text)?.[1]);
  assert.ok(open >= IDLE + 1, `the server counts ${open}`);
  assert.equal(clients.filter((client) => !client.socket.closed).length, IDLE);
  for (const client of clients) client.send(requestHead('GET', '/ready', node.token));
  for (const client of clients) await client.until((all) => all.includes('"status":"ready"'));
  for (const client of clients) client.socket.destroy();
});

test('connections beyond the limit are dropped, and come in again when there is room', async () => {
  await using node = await RestNode.start({ connections: 5 });
  const first = await Promise.all(Array.from({ length: 5 }, () => RawClient.open(node.port)));
  for (const client of first) client.send(requestHead('GET', '/health', node.token));
  for (const client of first) await client.until((text) => text.includes('ok'));
  const late = await RawClient.open(node.port);
  await late.closed();
  assert.equal(late.text, '');
  for (const client of first) client.socket.destroy();
  await Promise.all(first.map((client) => client.closed()));
  const again = await openUntilServed(node);
  again.socket.destroy();
});

async function openUntilServed(node: RestNode): Promise<RawClient> {
  for (;;) {
    const client = await RawClient.open(node.port);
    client.send(requestHead('GET', '/health', node.token));
    const served = await client
      .until((text) => text.includes('ok'))
      .then(
        () => true,
        () => false,
      );
    if (served) return client;
  }
}

test('a principal over its rate is told when to come back; another is served', async () => {
  await using node = await RestNode.start({ requestsPerSecond: 1, requestBurst: 5 });
  const replies = await Promise.all(Array.from({ length: 20 }, () => node.get('/v1/status')));
  const refused = replies.filter(({ status }) => status === 503);
  assert.ok(refused.length >= 10, String(refused.length));
  assert.equal(refused[0]!.json.code, 'overloaded');
  assert.equal(refused[0]!.json.limit, 'requestsPerSecond');
  assert.ok(Number(refused[0]!.headers.get('retry-after')) >= 1);
  const { database, session } = node.running;
  const { token } = await database.createToken(session, { name: 'other', grants: { '*': 'reader' } });
  assert.equal((await node.get('/v1/status', { token })).status, 200);
});

test('requests and streams beyond their limits are refused as overloaded', async () => {
  await using node = await RestNode.start({ concurrentStreams: 1 });
  const waiting = await RawClient.open(node.port);
  waiting.send(requestHead('GET', '/v1/changes', node.token, ['Accept: text/event-stream']));
  await waiting.until((text) => text.includes('retry:'));
  const second = await node.get('/v1/changes', { headers: { accept: 'text/event-stream' } });
  assert.deepEqual([second.status, second.json.limit], [503, 'concurrentStreams']);
  waiting.socket.destroy();
  await using busy = await RestNode.start({ concurrentRequests: 0 });
  const refused = await busy.get('/health');
  assert.deepEqual([refused.status, refused.json.limit], [503, 'concurrentRequests']);
});

test('a head that is too large is refused', async () => {
  await using node = await RestNode.start();
  const client = await RawClient.open(node.port);
  client.send(requestHead('GET', '/v1/status', node.token, [`X-Large: ${'x'.repeat(20_000)}`]));
  await client.closed();
  assert.match(client.text, /^HTTP\/1\.1 431 [\s\S]*"code":"request_too_large"/);
});

test('a body without a stated length is refused when it has grown too large', async () => {
  await using node = await RestNode.start({ bodyBytes: 10_000 });
  await node.fill('notes', []);
  const client = await RawClient.open(node.port);
  const headers = ['Content-Type: application/json', 'Transfer-Encoding: chunked'];
  client.send(requestHead('POST', '/v1/collections/notes/find', node.token, headers));
  for (let n = 0; n < 20; n += 1) client.send(`3e8\r\n${' '.repeat(1000)}\r\n`);
  await client.until((text) => text.includes('request_too_large'));
  assert.match(client.text, /^HTTP\/1\.1 413 /);
  client.socket.destroy();
});

test('bytes that are no HTTP are refused', async () => {
  await using node = await RestNode.start();
  const client = await RawClient.open(node.port);
  client.send('\u0016\u0003\u0001 hello\r\n\r\n');
  await client.closed();
  assert.match(client.text, /^HTTP\/1\.1 400 [\s\S]*"code":"invalid_request"/);
});

test('a second server on a port that is taken says so', async () => {
  await using node = await RestNode.start();
  const { RestServer } = await import('@aerolithdb/api');
  await assert.rejects(RestServer.start({ database: node.running.database, port: node.port }), { code: 'port_in_use' });
});
