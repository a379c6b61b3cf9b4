import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ReadRequest } from '@aerolithdb/protocol';
import { judgeSlowQueries, slowQueriesOf } from './doctor/slow-queries.ts';
import { SlowReads } from './slow-reads.ts';
import { startNode } from './start-node.ts';
import { temporaryFolder } from './temporary-folder.ts';

const find = (filter: string, sort?: string): ReadRequest => ({
  kind: 'find',
  collection: 'people',
  filter,
  ...(sort !== undefined && { sort }),
});

test('reads of one shape are one entry, without any value', () => {
  const slow = new SlowReads(100, () => 7);
  slow.record(find('{"name":"Ada","age":{"$in":[1,2,3]}}', '{"age":-1}'), 150, false);
  slow.record(find('{"name":"Bo","age":{"$in":[4]}}', '{"age":-1}'), 400.4, false);
  slow.record(find('{"name":"Bo","age":{"$in":[4]}}', '{"age":-1}'), 300, true);
  slow.record(find('{"name":"quick"}'), 100, false);
  slow.record({ kind: 'changes', since: 0, limit: 5 }, 101, false);
  const pipeline = '[{"$match":{"name":"Ada"}},{"$limit":5}]';
  slow.record({ kind: 'aggregate', collection: 'people', pipeline }, 120, false);
  const { sort, filter } = { filter: '{"name":"?","age":{"$in":["?"]}}', sort: '{"age":-1}' };
  assert.deepEqual(slow.list(), [
    { kind: 'find', collection: 'people', filter, sort, times: 3, timeouts: 1, longestMs: 400, lastAt: 7 },
    {
      kind: 'aggregate',
      collection: 'people',
      pipeline: '[{"$match":{"name":"?"}},{"$limit":"?"}]',
      times: 1,
      timeouts: 0,
      longestMs: 120,
      lastAt: 7,
    },
    { kind: 'changes', times: 1, timeouts: 0, longestMs: 101, lastAt: 7 },
  ]);
});

test('so many shapes are kept, the slowest ones, and a new limit holds from then on', () => {
  const slow = new SlowReads(1, () => 0);
  for (let n = 1; n <= 60; n += 1) slow.record(find(`{"f${n}":1}`), n + 1, false);
  assert.equal(slow.list().length, 50);
  assert.equal(slow.list()[0]?.longestMs, 61);
  assert.equal(slow.list().at(-1)?.longestMs, 12);
  slow.slowMs = 1000;
  slow.record(find('{"late":1}'), 999, false);
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
  reads.record({ kind: 'count', collection: 'a', filter: '{"n":7}' }, 5, false);
  reads.record({ kind: 'count', collection: 'a', filter: '{"n":7}' }, 12.4, false);
  assert.deepEqual(told, [{ kind: 'count', collection: 'a', filter: '{"n":"?"}', ms: 12, timedOut: false }]);
});
