import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FindRequest } from '@aerolithdb/protocol';
import { READ_LIMITS } from './read-limits.ts';
import { ScratchDatabase } from './scratch-database.ts';

const COUNT = 1000;

function filled(): ScratchDatabase {
  const database = new ScratchDatabase();
  database.run([{ type: 'createCollection', collection: 'c', options: {} }]);
  database.run([{ type: 'createIndex', collection: 'c', index: { name: 'n_1', keys: [['n', 1]] } }]);
  const documents = Array.from({ length: COUNT }, (_, i) => `{"_id":${i},"n":${i >> 2},"m":${i % 7}}`);
  database.run([{ type: 'insert', collection: 'c', documents }]);
  return database;
}

type Find = Omit<FindRequest, 'kind' | 'collection'>;

const SHORT: readonly Find[] = [
  { filter: '{"_id":7}' },
  { filter: '{"_id":{"$in":[1,2,3,5000]}}', sort: '{"_id":-1}' },
  { filter: '{"n":{"$in":[3,90,91]}}', sort: '{"n":-1}', skip: 2 },
  { filter: '{"n":11,"m":{"$gt":2}}', projection: '{"m":1}' },
  { filter: `{"n":{"$lt":${READ_LIMITS.atOnceRows / 4}}}`, skip: 3, limit: 5 },
];

const LONG: readonly Find[] = [
  {},
  { filter: '{"m":1}', limit: 1 },
  { filter: `{"n":{"$lte":${READ_LIMITS.atOnceRows / 4}}}` },
  { filter: `{"_id":{"$in":[${Array.from({ length: READ_LIMITS.atOnceIntervals + 1 }, (_, i) => i)}]}}` },
  { filter: '{"_id":7}', at: { height: 3 } },
  { filter: '{"_id":7}', explain: true },
  { filter: '{"_id":7,"m":{"$regex":"^(a|b)*c$"}}' },
  { filter: '{"_id":7,"$expr":{"$eq":["$m",0]}}' },
  { filter: '{"_id":7}', projection: '{"twice":{"$add":["$m","$m"]}}' },
  { filter: '{"_id":{"$in":[1,2,3]}}', sort: '{"m":-1}' },
];

test('a find that visits few rows by their keys is answered at once, as it is otherwise', () => {
  using database = filled();
  for (const find of SHORT) {
    const request: FindRequest = { kind: 'find', collection: 'c', ...find };
    assert.deepEqual(database.readAtOnce(request), database.read(request), JSON.stringify(find));
  }
});

test('any other find is not answered at once', () => {
  using database = filled();
  for (const find of LONG)
    assert.equal(database.readAtOnce({ kind: 'find', collection: 'c', ...find }), undefined, JSON.stringify(find));
});
