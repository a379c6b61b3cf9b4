import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ReadRequest } from '@aerolithdb/protocol';
import { judgeSlowQueries, slowQueriesOf } from './doctor/slow-queries.ts';
import { timedOutRead } from './ended-read.ts';
import { ReadProfiler } from './read-profiler.ts';
import { ReadSampler } from './read-sampler.ts';
import { type EndedRead, SlowReads } from './slow-reads.ts';
import { startNode } from './start-node.ts';
import { temporaryFolder } from './temporary-folder.ts';

const find = (filter: string, sort?: string): ReadRequest => ({
  kind: 'find',
  collection: 'people',
  filter,
  ...(sort !== undefined && { sort }),
});

function took(request: ReadRequest, ms: number, timedOut: boolean): EndedRead {
  return { ...timedOutRead(request, ms), timedOut, figures: timedOut ? {} : { plan: 'scan', rowsRead: 9 } };
}

test('reads of one shape are one entry, without any value', () => {
  const slow = new SlowReads(100, () => 7);
  slow.record(took(find('{"name":"Ada","age":{"$in":[1,2,3]}}', '{"age":-1}'), 150, false));
  slow.record(took(find('{"name":"Bo","age":{"$in":[4]}}', '{"age":-1}'), 400.4, false));
  slow.record(took(find('{"name":"Bo","age":{"$in":[4]}}', '{"age":-1}'), 300, true));
  slow.record(took(find('{"name":"quick"}'), 100, false));
  slow.record(took({ kind: 'changes', since: 0, limit: 5 }, 101, false));
  const pipeline = '[{"$match":{"name":"Ada"}},{"$limit":5}]';
  slow.record(took({ kind: 'aggregate', collection: 'people', pipeline }, 120, false));
  const [found, gathered, followed] = slow.list();
  const filter = '{"age":{"$in":["?"]},"name":"?"}';
  assert.match(found?.fingerprint ?? '', /^[0-9a-f]{12}$/);
  assert.deepEqual(found, {
    kind: 'find',
    collection: 'people',
    filter,
    sort: '{"age":-1}',
    fingerprint: found?.fingerprint,
    last: {},
    times: 3,
    timeouts: 1,
    longestMs: 400,
    lastAt: 7,
  });
  const { pipeline: shape, last, longestMs } = gathered!;
  assert.deepEqual(
    { shape, last, longestMs },
    { shape: '[{"$match":{"name":"?"}},{"$limit":"?"}]', last: { plan: 'scan', rowsRead: 9 }, longestMs: 120 },
  );
  assert.deepEqual([followed?.kind, followed?.collection, followed?.times], ['changes', undefined, 1]);
  assert.deepEqual(
    slow.recent().map(({ kind, ms, timedOut, plan }) => [kind, ms, timedOut, plan]),
    [
      ['aggregate', 120, false, 'scan'],
      ['changes', 101, false, 'scan'],
      ['find', 300, true, undefined],
      ['find', 400, false, 'scan'],
      ['find', 150, false, 'scan'],
    ],
  );
});

test('so many shapes are kept, the slowest ones, and a new limit holds from then on', () => {
  const slow = new SlowReads(1, () => 0);
  for (let n = 1; n <= 60; n += 1) slow.record(took(find(`{"f${n}":1}`), n + 1, false));
  assert.equal(slow.list().length, 50);
  assert.equal(slow.list()[0]?.longestMs, 61);
  assert.equal(slow.list().at(-1)?.longestMs, 12);
  slow.slowMs = 1000;
  slow.record(took(find('{"late":1}'), 999, false));
  assert.ok(!slow.list().some(({ filter }) => filter?.includes('late')));
});

test('what is wrong with it names the fields that an index may help', () => {
  const query = {
    kind: 'find',
    collection: 'people',
    filter: '{"age":{"$gt":"?"}}',
    sort: '{"name":1}',
    times: 2,
    timeouts: 1,
    longestMs: 812,
  };
  const [finding] = judgeSlowQueries(slowQueriesOf({ slowReads: [query, 'other'] }));
  assert.equal(
    finding?.found,
    'a find of "people" by {"age":{"$gt":"?"}} sorted by {"name":1} took up to 812 ms (2 times, 1 ended by the time-out)',
  );
  assert.match(finding?.todo ?? '', /aerolith index create people '\{"age":1,"name":1\}'/);
  assert.equal(judgeSlowQueries(slowQueriesOf('nothing'))[0]?.severity, 'ok');
});

test('a node remembers its slow reads and tells its admin, and nobody else', async () => {
  using folder = temporaryFolder();
  await using node = await startNode({ data: folder.path, http: { host: '127.0.0.1', port: 0 }, slowReadMs: 1 });
  const { database, session } = node;
  await database.execute(session, { type: 'createCollection', collection: 'texts', options: {} });
  const documents = Array.from({ length: 20 }, (_, n) => `{"_id":${n},"t":"${'ab'.repeat(20_000)}"}`);
  await database.execute(session, { type: 'insert', collection: 'texts', documents });
  await database.read(session, { kind: 'count', collection: 'texts', filter: '{"t":{"$regex":"^(a|b)*[bc]{3}$"}}' });
  const ask = async (token: string) => {
    const answer = await fetch(`${node.addresses.http}/v1/slow-reads`, { headers: { authorization: `Bearer ${token}` } });
    return { status: answer.status, body: await answer.json() };
  };
  const { status, body } = await ask(node.adminKey.token!);
  assert.equal(status, 200);
  const [slow] = slowQueriesOf(body);
  assert.deepEqual([slow?.kind, slow?.collection, slow?.filter], ['count', 'texts', '{"t":{"$regex":"?"}}']);
  const { token } = await database.createToken(session, { name: 'reader', grants: { '*': 'owner' } });
  assert.equal((await ask(token)).status, 403);
});

test('each slow read is told, without its values', () => {
  const told: unknown[] = [];
  const reads = new SlowReads(
    10,
    () => 5,
    (read) => told.push(read),
  );
  reads.record(took({ kind: 'count', collection: 'a', filter: '{"n":7}' }, 5, false));
  reads.record(took({ kind: 'count', collection: 'a', filter: '{"n":7}' }, 12.4, false));
  const [{ fingerprint, ...read }] = told as [{ fingerprint: string }];
  assert.equal(told.length, 1);
  assert.match(fingerprint, /^[0-9a-f]{12}$/);
  const figures = { plan: 'scan', rowsRead: 9 };
  assert.deepEqual(read, { kind: 'count', collection: 'a', filter: '{"n":"?"}', ...figures, ms: 12, timedOut: false });
});

test('single slow reads are kept, the last hundred', () => {
  const slow = new SlowReads(10, () => 0);
  for (let ms = 11; ms < 150; ms++) slow.record(took({ kind: 'count', collection: 'a' }, ms, false));
  assert.deepEqual([slow.recent().length, slow.recent()[0]?.ms, slow.recent().at(-1)?.ms], [100, 149, 50]);
});

test('reads are looked at when they are slow, and else at a bounded rate, each for those since the one before', () => {
  const sampler = new ReadSampler(100);
  const taken = Array.from({ length: 1000 }, (_, n) => sampler.take(1000 + n, n % 250 === 7 ? 101 : 1));
  assert.equal(taken.filter((standsFor) => standsFor > 0).length, 25 + 4);
  assert.deepEqual([taken[0], taken[7], taken[40], taken[80]], [1, 1, 40, 40]);
});

test('a profile adds up the time of each shape, and forgets the shapes that took least', () => {
  const profiler = new ReadProfiler(() => 5);
  const find = (field: string, ms: number) => took({ kind: 'count', collection: 'a', filter: `{"${field}":1}` }, ms, false);
  for (let n = 1; n <= 210; n++) profiler.record(find(`f${n}`, n), 2);
  profiler.record(find('f210', 1), 100);
  const { shapes, since, now } = profiler.profile([]);
  assert.deepEqual([shapes.length, since, now], [200, 5, 5]);
  const { reads, sampled, totalMs, longestMs } = shapes[0]!;
  assert.deepEqual([reads, sampled, totalMs, longestMs], [102, 2, 520, 210]);
  assert.equal(shapes.at(-1)?.filter, '{"f11":"?"}');
});

test('a node tells its admin where the time of reads goes', async () => {
  using folder = temporaryFolder();
  await using node = await startNode({ data: folder.path, http: { host: '127.0.0.1', port: 0 }, logLevel: 'error' });
  const { database, session } = node;
  await database.execute(session, { type: 'createCollection', collection: 'c', options: {} });
  await database.execute(session, { type: 'insert', collection: 'c', documents: ['{"_id":1,"a":5}', '{"_id":2,"a":6}'] });
  await database.read(session, { kind: 'find', collection: 'c', filter: '{"a":5}' });
  const authorization = `Bearer ${node.adminKey.token!}`;
  const answer = await fetch(`${node.addresses.http}/v1/profile`, { headers: { authorization } });
  const { shapes } = (await answer.json()) as { shapes: { filter: string; reads: number; last: Record<string, unknown> }[] };
  assert.deepEqual(
    shapes.map(({ filter, reads }) => [filter, reads]),
    [['{"a":"?"}', 1]],
  );
  const { plan, rowsRead, rowsReturned } = shapes[0]!.last;
  assert.deepEqual([plan, rowsRead, rowsReturned], ['scan', 2, 1]);
});
