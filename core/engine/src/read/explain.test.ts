import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CountRequest, Explanation, FindRequest } from '@aerolithdb/protocol';
import { ScratchDatabase } from './scratch-database.ts';

function cities(): ScratchDatabase {
  const database = new ScratchDatabase();
  database.run([{ type: 'createCollection', collection: 'c', options: {} }]);
  database.run([
    { type: 'createIndex', collection: 'c', index: { name: 'pop_1', keys: [['pop', 1]] } },
    {
      type: 'createIndex',
      collection: 'c',
      index: {
        name: 'country_1_pop_-1',
        keys: [
          ['country', 1],
          ['pop', -1],
        ],
      },
    },
  ]);
  const documents = Array.from({ length: 500 }, (_, i) => `{"_id":${i},"country":"C${i % 50}","pop":${i},"at":{"x":${i}}}`);
  database.run([{ type: 'insert', collection: 'c', documents }]);
  return database;
}

/** What matters of an explanation, in one line. */
function line({ access, index, sortedByIndex, residual }: Explanation): string {
  const sorted = sortedByIndex === undefined ? '' : sortedByIndex ? ' sorted' : ' unsorted';
  return `${access}${index === undefined ? '' : ` ${index}`}${sorted}${residual?.length ? ` residual ${residual.map(({ part }) => part)}` : ''}`;
}

const FINDS: readonly [request: Omit<FindRequest, 'kind' | 'collection'>, expected: string][] = [
  [{}, 'scan'],
  [{ filter: '{"_id":7}' }, 'id'],
  [{ filter: '{"_id":{"$in":[1,2]}}' }, 'id'],
  [{ filter: '{"country":"C7"}' }, 'index country_1_pop_-1'],
  [{ filter: '{"country":"C7","pop":{"$gt":100}}' }, 'index country_1_pop_-1'],
  [{ filter: '{"country":"C7"}', sort: '{"pop":-1}' }, 'index country_1_pop_-1 sorted'],
  [{ filter: '{"country":"C7"}', sort: '{"pop":1}' }, 'index country_1_pop_-1 sorted'],
  [{ filter: '{"country":"C7"}', sort: '{"at.x":1}' }, 'index country_1_pop_-1 unsorted'],
  [{ filter: '{"pop":{"$gte":5,"$lt":9}}' }, 'index pop_1'],
  [{ filter: '{"country":{"$regex":"^C7"}}' }, 'index country_1_pop_-1 residual country $regex'],
  [{ sort: '{"pop":1}', limit: 10 }, 'index pop_1 sorted'],
  [{ sort: '{"country":-1,"pop":1}', limit: 10 }, 'index country_1_pop_-1 sorted'],
  [{ sort: '{"country":1,"pop":1}', limit: 10 }, 'scan unsorted'],
  [{ filter: '{"name":{"$regex":"x"}}' }, 'scan residual name $regex'],
  [{ filter: '{"at":{"x":1}}' }, 'scan residual at $eq'],
  [{ filter: '{"pop":5}', hint: '$natural' }, 'scan'],
  [{ filter: '{"country":"C1"}', hint: 'pop_1' }, 'index pop_1'],
  [{ filter: '{"$or":[{"pop":5},{"country":"C7"}]}' }, 'index pop_1 + country_1_pop_-1'],
  [{ filter: '{"$or":[{"_id":3},{"pop":{"$gt":490}}]}', sort: '{"at.x":1}' }, 'index _id_ + pop_1 unsorted'],
  [{ filter: '{"at.x":{"$gt":1},"$or":[{"pop":5},{"$or":[{"pop":6},{"_id":7}]}]}' }, 'index pop_1 + _id_ residual at.x $gt'],
  [{ filter: '{"$or":[{"pop":5},{"at.x":9}]}' }, 'scan residual at.x $eq'],
  [{ filter: '{"pop":5,"$expr":{"$gt":["$pop",1]}}' }, 'index pop_1 residual $expr'],
  [{ at: { height: 3 } }, 'history residual the whole filter'],
];

test('the way that is taken', () => {
  using database = cities();
  for (const [request, expected] of FINDS) {
    const { explain } = database.read({ kind: 'find', collection: 'c', ...request, explain: true });
    assert.equal(line(explain!), expected, JSON.stringify(request));
  }
});

test('an explanation tells how many documents were looked at', () => {
  using database = cities();
  const found = (request: Omit<FindRequest, 'kind' | 'collection'>) => {
    const { explain } = database.read({ kind: 'find', collection: 'c', ...request, explain: true });
    return [explain?.rowsRead, explain?.rowsReturned];
  };
  assert.deepEqual(found({}), [500, 500]);
  assert.deepEqual(found({ filter: '{"at.x":7}' }), [500, 1]);
  assert.deepEqual(found({ filter: '{"at.x":{"$gte":100}}', limit: 5 }), [105, 5]);
  assert.deepEqual(found({ filter: '{"country":"C7"}' }), [10, 10]);
  assert.deepEqual(found({ filter: '{"country":"C7","at.x":57}' }), [10, 1]);
  assert.deepEqual(found({ filter: '{"country":"C7"}', sort: '{"at.x":1}', limit: 2 }), [10, 2]);
  assert.deepEqual(found({ filter: '{"$or":[{"pop":5},{"country":"C7"}]}' }), [11, 11]);
  assert.deepEqual(found({ filter: '{"pop":1}', at: { height: 3 } }), [500, 1]);
  const count = (filter: string) => database.read({ kind: 'count', collection: 'c', filter, explain: true }).explain?.rowsRead;
  assert.equal(database.read({ kind: 'count', collection: 'c', filter: '{"pop":5}' }).explain, undefined);
  assert.deepEqual([count('{}'), count('{"pop":{"$gt":400}}'), count('{"at.x":7}')], [0, 0, 500]);
  const distinct = { kind: 'distinct', collection: 'c', field: 'country', filter: '{"pop":{"$lt":60}}', explain: true } as const;
  assert.equal(database.read(distinct).explain?.rowsRead, 60);
});

test('an $or by indexes gives each document once, in pages too', () => {
  using database = cities();
  const request = {
    kind: 'find',
    collection: 'c',
    filter: '{"$or":[{"pop":{"$lt":5}},{"country":"C3"},{"pop":{"$lt":9}}]}',
  } as const;
  const expected = [0, 1, 2, 3, 4, 5, 6, 7, 8, 53, 103, 153, 203, 253, 303, 353, 403, 453];
  const ids = (text = '[]') => (JSON.parse(text) as { _id: number }[]).map(({ _id }) => _id);
  assert.deepEqual(ids(database.read(request).text), expected);
  const paged: number[] = [];
  let cursor: string | undefined;
  do {
    const page = database.read({ ...request, batchSize: 4, ...(cursor !== undefined && { cursor }) });
    paged.push(...ids(page.text));
    cursor = page.cursor;
  } while (cursor !== undefined);
  assert.deepEqual(paged, expected);
  assert.equal(database.read({ ...request, kind: 'count' }).count, expected.length);
  assert.equal(
    database.read({ kind: 'distinct', collection: 'c', field: 'country', filter: request.filter }).text,
    '["C0","C1","C2","C3","C4","C5","C6","C7","C8"]',
  );
});

test('an explanation shows the statement and why each index was left aside', () => {
  using database = cities();
  const request: CountRequest = { kind: 'count', collection: 'c', filter: '{"pop":{"$gt":100}}', explain: true };
  const { fingerprint, considered, ...explanation } = database.read(request).explain!;
  assert.match(fingerprint ?? '', /^[0-9a-f]{12}$/);
  assert.deepEqual(
    considered?.map(({ plan }) => plan),
    ['pop_1', 'scan'],
  );
  assert.deepEqual(explanation, {
    access: 'index',
    index: 'pop_1',
    residual: [],
    rowsRead: 0,
    estimated: { entries: 399, rows: 399, cost: 63.9 },
    actual: { entries: 399, rows: 399 },
    qError: 1,
    rejected: ['country_1_pop_-1: not used, the filter on pop needs country first.'],
    sql: "SELECT count(*) FROM index_2 i WHERE i.key >= :1 AND i.key < :2 -- :1 = x'0ac05900000000000001', :2 = x'0b'",
  });
  const scan = database.read({ kind: 'find', collection: 'c', filter: `{"a?b'":"x"}`, explain: true }).explain;
  assert.equal(
    scan?.sql,
    `SELECT d.rid, json(d.doc), NULL FROM documents_1 d WHERE EXISTS (SELECT 1 FROM json_each(d.doc, '$."a?b''"') e WHERE e.value = :1 AND e.type = 'text' AND typeof(e.key) <> 'text') ORDER BY d.rid -- :1 = 'x'`,
  );
});

test('a filter of very many conditions is left to the reference evaluation', () => {
  using database = cities();
  const filter = `{"$or":[${Array.from({ length: 5000 }, (_, i) => `{"at.x":${i * 2}}`).join(',')}]}`;
  const { count, explain } = database.read({ kind: 'count', collection: 'c', filter, explain: true });
  assert.equal(count, 250);
  assert.deepEqual(
    explain?.residual?.map(({ part }) => part),
    ['the whole filter'],
  );
});

test('three levels: the plan alone, what was met beside what was expected, and the other plans tried', () => {
  using database = cities();
  const request = { kind: 'find', collection: 'c', filter: '{"country":"C7","at.x":{"$gt":200}}', limit: 3 } as const;
  const planned = database.read({ ...request, explain: 'queryPlanner' });
  assert.deepEqual([planned.text, planned.explain?.index, planned.explain?.actual], ['[]', 'country_1_pop_-1', undefined]);
  assert.deepEqual(planned.explain?.estimated, { entries: 9.1, rows: 3, cost: 32.6 });
  const { explain: run, count } = database.read({ ...request, explain: 'executionStats' });
  assert.deepEqual([count, run?.rowsReturned], [3, 3]);
  assert.deepEqual([run?.actual, run?.qError], [{ entries: 3, rows: 3 }, 1]);
  const { explain: tried } = database.read({ ...request, explain: 'allPlansExecution' });
  assert.deepEqual(
    tried?.considered?.map(({ plan, trial }) => [plan, trial]),
    [
      ['country_1_pop_-1', { entries: 3, rows: 3, ended: true }],
      ['scan', { entries: 308, rows: 3, ended: true }],
    ],
  );
  assert.equal(tried?.fingerprint, planned.explain?.fingerprint);
  const of = (level: 'queryPlanner') => database.read({ kind: 'count', collection: 'c', filter: '{"pop":5}', explain: level });
  assert.deepEqual([of('queryPlanner').count, of('queryPlanner').explain?.index], [undefined, 'pop_1']);
});
