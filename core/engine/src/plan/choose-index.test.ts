import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { FindRequest } from '@aerolithdb/protocol';
import { ScratchDatabase } from '../read/scratch-database.ts';

const DOCUMENTS = 4000;
let database: ScratchDatabase;

before(() => {
  database = new ScratchDatabase();
  database.run([{ type: 'createCollection', collection: 'c', options: {} }]);
  for (const field of ['a', 'b', 'kind', 'rating', 'tags'])
    database.run([{ type: 'createIndex', collection: 'c', index: { name: `${field}_1`, keys: [[field, 1]] } }]);
  const keys = [
    ['rating', 1],
    ['price', 1],
  ] as const;
  database.run([{ type: 'createIndex', collection: 'c', index: { name: 'rating_1_price_1', keys } }]);
  const text = (i: number) =>
    `{"_id":${i},"a":${i % 40},"b":${(i * 7) % 41},"kind":"${i % 10 === 0 ? 'rare' : 'usual'}","rating":${i % 5},"price":${i},"tags":[${i % 13},${i % 17}]}`;
  for (let from = 0; from < DOCUMENTS; from += 1000) {
    const documents = Array.from({ length: 1000 }, (_, i) => text(from + i));
    database.run([{ type: 'insert', collection: 'c', documents }]);
  }
});

after(() => database[Symbol.dispose]());

function explain(request: Omit<FindRequest, 'kind' | 'collection'>) {
  const { explain } = database.read({ kind: 'find', collection: 'c', ...request, explain: true });
  return explain!;
}

test('two indexes that each leave too much are intersected', () => {
  const found = explain({ filter: '{"a":3,"b":5}' });
  assert.equal(found.index, 'a_1 & b_1');
  assert.deepEqual(found.residual, []);
  const ids = Array.from({ length: DOCUMENTS }, (_, i) => i).filter((i) => i % 40 === 3 && (i * 7) % 41 === 5);
  assert.equal(found.rowsReturned, ids.length);
  assert.equal(found.rowsRead, ids.length);
  const { text } = database.read({ kind: 'find', collection: 'c', filter: '{"a":3,"b":5}' });
  assert.deepEqual(
    (JSON.parse(text!) as { _id: number }[]).map(({ _id }) => _id),
    ids,
  );
  assert.equal(database.read({ kind: 'count', collection: 'c', filter: '{"a":3,"b":5}' }).count, ids.length);
});

test('pages of an intersection go on where they ended', () => {
  const request = { kind: 'find', collection: 'c', filter: '{"a":{"$in":[3,4]},"b":{"$lt":6},"tags":{"$gte":0}}' } as const;
  const ids: number[] = [];
  let cursor: string | undefined;
  do {
    const page = database.read({ ...request, batchSize: 3, ...(cursor !== undefined && { cursor }) });
    ids.push(...(JSON.parse(page.text!) as { _id: number }[]).map(({ _id }) => _id));
    cursor = page.cursor;
  } while (cursor !== undefined);
  const expected = Array.from({ length: DOCUMENTS }, (_, i) => i).filter(
    (i) => (i % 40 === 3 || i % 40 === 4) && (i * 7) % 41 < 6,
  );
  assert.deepEqual(
    ids.toSorted((x, y) => x - y),
    expected,
  );
});

test('an index whose value most documents have is left for a scan; for a rare value it is taken', () => {
  assert.equal(explain({ filter: '{"kind":"usual"}' }).access, 'scan');
  assert.equal(explain({ filter: '{"kind":"rare"}' }).index, 'kind_1');
});

test('a limit decides between the order of an index and a sort of few', () => {
  assert.equal(explain({ filter: '{"kind":"usual"}', sort: '{"rating":1,"price":1}', limit: 5 }).index, 'rating_1_price_1');
  assert.equal(explain({ filter: '{"a":3,"b":5}', sort: '{"rating":1,"price":1}', limit: 5 }).index, 'a_1 & b_1');
});

test('for each index that is not used, one sentence', () => {
  assert.deepEqual(explain({ filter: '{"price":7}' }).rejected, [
    'a_1: not used, the filter says nothing of a, its first field.',
    'b_1: not used, the filter says nothing of b, its first field.',
    'kind_1: not used, the filter says nothing of kind, its first field.',
    'rating_1: not used, the filter says nothing of rating, its first field.',
    'tags_1: not used, the filter says nothing of tags, its first field.',
    'rating_1_price_1: not used, the filter on price needs rating first.',
  ]);
  assert.deepEqual(
    explain({ filter: '{"a":{"$exists":true},"_id":5}' }).rejected?.[0],
    'a_1: not used, no test of a says where its entries lie.',
  );
  const [, , kind] = explain({ filter: '{"kind":"usual"}' }).rejected ?? [];
  assert.match(
    kind ?? '',
    /^kind_1: not used, it would read about 1,000 entries and their documents; a scan reads about 1,\d+\.$/,
  );
});

test('a hint names an index by its name or by its keys', () => {
  assert.equal(explain({ filter: '{"kind":"usual"}', hint: '{"kind":1}' }).index, 'kind_1');
  assert.equal(explain({ filter: '{"a":1}', hint: '{"rating":1,"price":1}' }).index, 'rating_1_price_1');
  assert.equal(explain({ filter: '{"a":1}', hint: '{"_id":1}' }).access, 'id');
  assert.equal(explain({ filter: '{"a":1}', hint: '{"$natural":1}' }).access, 'scan');
  assert.deepEqual(
    explain({ filter: '{"a":1}', hint: '{"$natural":1}' }).rejected?.[0],
    'a_1: not used, the hint names {"$natural":1}.',
  );
  assert.throws(() => explain({ filter: '{"a":1}', hint: '{"price":1}' }), /has no index with the keys \{"price":1\}/);
});
