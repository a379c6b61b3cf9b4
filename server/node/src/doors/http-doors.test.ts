import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import type { Worker } from 'node:worker_threads';
import type { RestLimits } from '@aerolithdb/api';
import type { Node } from '../node.ts';
import type { NodeOptions } from '../options.ts';
import { startNode } from '../start-node.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { clientsOfDoors, DoorClient } from './testing/door-client.ts';

const ANY_PORT = { host: '127.0.0.1', port: 0 } as const;
const DOCUMENTS = '/v1/collections/c/documents';

type Given = {
  readonly node: Node;
  readonly url: string;
  readonly token: string;
  readonly doors: readonly DoorClient[];
  readonly lines: string[];
};

type Wanted = { readonly threads?: number; readonly limits?: Partial<RestLimits>; readonly options?: Partial<NodeOptions> };

/** A test of a node with a collection `c` and a connection to each of its doors. */
function testDoors(
  name: string,
  { threads = 2, limits = {}, options = {} }: Wanted,
  work: (given: Given) => Promise<void>,
): void {
  const skip = process.platform === 'linux' ? false : 'only on Linux can threads share an address';
  test(name, { skip, timeout: 120_000 }, async () => {
    using folder = temporaryFolder();
    const lines: string[] = [];
    await using node = await startNode(
      { data: folder.path, http: ANY_PORT, httpThreads: threads, logFormat: 'json', ...options },
      { writeLog: (line) => lines.push(line), http: { limits } },
    );
    await node.database.execute(node.session, { type: 'createCollection', collection: 'c', options: {} });
    const url = node.addresses.http!;
    const token = node.adminKey.token!;
    const doors = await clientsOfDoors(url, token, threads);
    await work({ node, url, token, doors, lines });
    for (const door of doors) door[Symbol.dispose]();
  });
}

/** The position of the last change. */
async function endOfChanges(door: DoorClient): Promise<number> {
  return JSON.parse((await door.get('/v1/changes?limit=1000')).text).position as number;
}

testDoors('what one door acknowledged is seen at every other at once', { threads: 3 }, async ({ doors }) => {
  for (let n = 0; n < 300; n += 1) {
    const [writer, ...others] = [0, 1, 2].map((place) => doors[(n + place) % 3]!) as [DoorClient, DoorClient, DoorClient];
    const { text } = await writer.send('PUT', `${DOCUMENTS}/x`, { body: { n } });
    const { height } = JSON.parse(text).receipt;
    const [past, raw, found] = await Promise.all([
      others[0].get(`${DOCUMENTS}/x?at=${height}`),
      others[0].get(`${DOCUMENTS}/x`),
      others[1].send('POST', '/v1/collections/c/find', { body: { filter: { _id: 'x' } } }),
    ]);
    assert.equal(JSON.parse(past.text).n, n);
    assert.equal(JSON.parse(raw.text).n, n);
    assert.equal(JSON.parse(found.text).documents[0].n, n);
  }
});

testDoors('all doors tell the same status', {}, async ({ doors }) => {
  const [first, second] = await Promise.all(doors.map(async (door) => JSON.parse((await door.get('/v1/status')).text)));
  const same = ({ height, hash, time, version, storage }: Record<string, unknown>) => ({ height, hash, time, version, storage });
  assert.deepEqual(same(first), same(second));
  assert.ok(Math.abs(first.uptimeMs - second.uptimeMs) < 60_000);
});

testDoors('a principal that was removed at one door is refused at the others', {}, async ({ doors }) => {
  const [first, second] = doors as [DoorClient, DoorClient];
  for (let n = 0; n < 20; n += 1) {
    const made = await first.send('POST', '/v1/tokens', { body: { name: `t${n}`, grants: { '*': 'reader' } } });
    const authorization = `Bearer ${JSON.parse(made.text).token}`;
    assert.equal((await second.send('GET', '/v1/collections', { authorization })).status, 200, 'it is known at once');
    assert.equal((await first.send('DELETE', `/v1/tokens/t${n}`)).status, 200);
    assert.equal((await second.send('GET', '/v1/collections', { authorization })).status, 401);
  }
});

testDoors('a watch at one door hears of writes at another, and ends with its right', {}, async ({ doors, node }) => {
  const [first, second] = doors as [DoorClient, DoorClient];
  for (let n = 0; n < 20; n += 1) {
    const waiting = second.get(`/v1/collections/c/changes?since=${await endOfChanges(second)}&wait=60`);
    await first.send('POST', DOCUMENTS, { body: { _id: n } });
    assert.deepEqual(
      JSON.parse((await waiting).text).changes.map(({ document }: { document: unknown }) => document),
      [{ _id: n }],
    );
  }
  const { token } = await node.database.createToken(node.session, { name: 'w', grants: { '*': 'reader' } });
  const ending = second.send('GET', `/v1/collections/c/changes?since=${await endOfChanges(second)}&wait=60`, {
    authorization: `Bearer ${token}`,
  });
  while (!/streams_open 1\n/.test((await first.get('/metrics')).text));
  await first.send('DELETE', '/v1/tokens/w');
  assert.equal((await ending).status, 401);
});

testDoors('every door shows the sums of all', {}, async ({ doors }) => {
  const [first, second] = doors as [DoorClient, DoorClient];
  const pattern =
    /^aerolith_http_requests_total\{route="GET \/v1\/collections\/\{collection\}\/documents\/\{id\}",status="404"\} (\d+)$/m;
  for (const door of [first, first, first, second, second]) await door.get(`${DOCUMENTS}/none`);
  for (const door of doors) {
    const { text } = await door.get('/metrics');
    assert.equal(pattern.exec(text)?.[1], '5');
    assert.match(text, /^aerolith_http_connections 2$/m);
    assert.match(text, /_count\{route="GET \/v1\/collections\/\{collection\}\/documents\/\{id\}"\} 5$/m);
  }
});

testDoors(
  'limits hold for all doors together',
  { limits: { concurrentStreams: 1, connections: 4 } },
  async ({ doors, url, token }) => {
    const [first, second] = doors as [DoorClient, DoorClient];
    const waiting = first.get(`/v1/changes?since=${await endOfChanges(first)}&wait=5`);
    while (!/streams_open 1\n/.test((await second.get('/metrics')).text));
    const refused = await second.get(`/v1/changes?since=${await endOfChanges(second)}&wait=5`);
    assert.deepEqual([refused.status, JSON.parse(refused.text).limit], [503, 'concurrentStreams']);
    await waiting;
    const more = Array.from({ length: 8 }, () => new DoorClient(url, token));
    const answers = await Promise.allSettled(more.map((one) => one.get('/health')));
    assert.equal(answers.filter(({ status }) => status === 'fulfilled').length, 2);
    for (const one of more) one[Symbol.dispose]();
  },
);

testDoors(
  'the rate of a principal is counted at all doors',
  { limits: { requestsPerSecond: 0.001, requestBurst: 12 } },
  async ({ doors }) => {
    const statuses: number[] = [];
    for (let n = 0; n < 20; n += 1) statuses.push((await doors[n % 2]!.get('/v1/status')).status);
    assert.equal(statuses.at(-1), 503);
    assert.ok(statuses.filter((status) => status === 200).length <= 10, String(statuses));
  },
);

testDoors('failed logins are counted at all doors, and told of in the log', {}, async ({ doors, node, lines }) => {
  await node.database.createUser(node.session, { name: 'ann', password: 'correct horse', grants: { '*': 'reader' } });
  const login = (password: string) => `Basic ${Buffer.from(`ann:${password}`).toString('base64')}`;
  for (let n = 0; n < 10; n += 1)
    assert.equal((await doors[n % 2]!.send('GET', '/v1/status', { authorization: login(`wrong ${n}`) })).status, 401);
  for (const door of doors) {
    const { status, text } = await door.send('GET', '/v1/status', { authorization: login('correct horse') });
    assert.deepEqual([status, JSON.parse(text).code], [503, 'overloaded']);
  }
  assert.equal(lines.filter((line) => line.includes('refused_login')).length, 10);
});

testDoors('an index that is built in steps gets built whichever door was asked', {}, async ({ doors, node }) => {
  for (let batch = 0; batch < 11; batch += 1) {
    const documents = Array.from({ length: 1000 }, (_, n) => `{"_id":${batch * 1000 + n},"n":${n}}`);
    await node.database.execute(node.session, { type: 'insert', collection: 'c', documents });
  }
  for (const [place, door] of doors.entries()) {
    const { status } = await door.send('POST', '/v1/collections/c/indexes', { body: { keys: { n: place === 0 ? 1 : -1 } } });
    assert.ok(status < 300, String(status));
  }
  const building = () => doors[0]!.get('/v1/collections/c/indexes').then(({ text }) => text.includes('"building"'));
  while (await building());
});

testDoors('slow reads are told of by every door', { options: { slowReadMs: 1 } }, async ({ doors, node }) => {
  const documents = Array.from({ length: 1000 }, (_, n) => `{"_id":${n},"text":"${'x'.repeat(500)}"}`);
  await node.database.execute(node.session, { type: 'insert', collection: 'c', documents });
  const body = { filter: { text: { $regex: 'y$' }, n: 1 } };
  for (const door of doors) await door.send('POST', '/v1/collections/c/count', { body });
  for (const door of doors) assert.match((await door.get('/v1/slow-reads')).text, /"kind":"count","collection":"c"/);
});

testDoors('an address has one node, also for nodes that would share it', {}, async ({ node, url }) => {
  using folder = temporaryFolder();
  const http = { host: '127.0.0.1', port: Number(new URL(url).port) };
  for (const httpThreads of [1, 2]) {
    const data = join(folder.path, String(httpThreads));
    await assert.rejects(startNode({ data, http, httpThreads }), {
      code: 'port_in_use',
      message: `Another process listens on 127.0.0.1:${http.port}; stop it or choose another address with --http.`,
    });
  }
  await node.close();
  const both = await Promise.allSettled(
    ['a', 'b'].map((name) => startNode({ data: join(folder.path, name), http, httpThreads: 2 })),
  );
  assert.deepEqual(both.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
  for (const one of both) if (one.status === 'fulfilled') await one.value.close();
});

testDoors('a close ends the streams of all doors and answers what was begun', {}, async ({ doors, node }) => {
  const waiting = doors.map(async (door) => door.get(`/v1/changes?since=${await endOfChanges(door)}&wait=60`));
  using other = new DoorClient(node.addresses.http!, node.adminKey.token!);
  while (!/streams_open 2\n/.test((await other.get('/metrics')).text));
  const write = other.send('POST', DOCUMENTS, { body: { _id: 'last' } });
  await other.get('/health');
  await node.close();
  assert.equal((await write).status, 201);
  for (const answer of await Promise.all(waiting)) assert.equal(answer.status, 200);
});

test('a thread that is lost soon is not replaced, a later one is, and nothing that it held stays', {
  timeout: 120_000,
}, async (t) => {
  if (process.platform !== 'linux') return t.skip('only on Linux can threads share an address');
  const workers: Worker[] = [];
  const note = (worker: Worker) => workers.push(worker);
  process.on('worker', note);
  using folder = temporaryFolder();
  const lines: string[] = [];
  const options = { data: folder.path, http: ANY_PORT, httpThreads: 3, logFormat: 'json' } as const;
  await using node = await startNode(options, { writeLog: (line) => lines.push(line) });
  const [soon, late] = workers.slice(-2) as [Worker, Worker];
  await node.database.execute(node.session, { type: 'createCollection', collection: 'c', options: {} });
  const [url, token] = [node.addresses.http!, node.adminKey.token!];
  const kept = await clientsOfDoors(url, token, 3);
  await soon.terminate();
  await until(() => lines.length === 1);
  assert.match(lines[0]!, /"event":"http_thread_lost",.*"isReplaced":false/);
  await pause(10_500);
  const before = workers.length;
  await late.terminate();
  await until(() => lines.length === 2);
  assert.match(lines[1]!, /"event":"http_thread_lost",.*"isReplaced":true/);
  process.off('worker', note);
  assert.equal(workers.length, before + 1);
  for (const one of kept) one[Symbol.dispose]();
  const doors = await clientsOfDoors(url, token, 2);
  for (const door of doors) assert.match((await door.get('/metrics')).text, /^aerolith_http_connections 2$/m);
  for (const door of doors) door[Symbol.dispose]();
});

async function until(test: () => boolean): Promise<void> {
  while (!test()) await pause(10);
}
