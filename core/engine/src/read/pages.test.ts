import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FindRequest } from '@aerolithdb/protocol';
import { ScratchDatabase } from './scratch-database.ts';

function filled(count: number): ScratchDatabase {
  const database = new ScratchDatabase();
  database.run([{ type: 'createCollection', collection: 'c', options: {} }]);
  database.run(
    ['n', 't'].map((path) => ({ type: 'createIndex', collection: 'c', index: { name: `${path}_1`, keys: [[path, 1]] } })),
  );
  const documents = Array.from(
    { length: count },
    (_, i) => `{"_id":${i},"n":${i % 10},"m":${(i * 7) % 13},"t":[${i % 3},${i % 5}]}`,
  );
  for (let i = 0; i < count; i += 1000)
    database.run([{ type: 'insert', collection: 'c', documents: documents.slice(i, i + 1000) }]);
  return database;
}

function ids(text: string | undefined): number[] {
  return (JSON.parse(text ?? '[]') as { _id: number }[]).map((document) => document._id);
}

function allIds(
  database: ScratchDatabase,
  request: Omit<FindRequest, 'kind' | 'collection'>,
  between: () => void = () => undefined,
): number[] {
  const all: number[] = [];
  let answer = database.read({ kind: 'find', collection: 'c', ...request });
  all.push(...ids(answer.text));
  while (answer.cursor !== undefined) {
    between();
    answer = database.read({ kind: 'find', collection: 'c', ...request, cursor: answer.cursor });
    all.push(...ids(answer.text));
  }
  return all;
}

const WALKS: readonly [name: string, request: Omit<FindRequest, 'kind' | 'collection'>][] = [
  ['rows', {}],
  ['ids backwards', { sort: '{"_id":-1}' }],
  ['an index', { sort: '{"n":1}' }],
  ['an index with bounds', { filter: '{"n":{"$in":[0,1,2,3,4,5,6,7,8,9]}}', hint: 'n_1' }],
  ['an index over arrays', { filter: '{"t":{"$gte":0}}', hint: 't_1' }],
  ['a sort in memory', { sort: '{"m":1,"n":-1}' }],
  ['a past state', { at: { height: 5 } }],
];

test('pages of every kind of walk join without a gap or a repeat', () => {
  using database = filled(2500);
  for (const [name, request] of WALKS) {
    const found = allIds(database, request);
    assert.equal(found.length, 2500, name);
    assert.equal(new Set(found).size, 2500, name);
  }
});

test('a walk is not disturbed by writes between its pages', () => {
  using database = filled(2500);
  let id = 0;
  const write = () => {
    database.run([{ type: 'delete', collection: 'c', filter: `{"_id":${id++}}` }]);
    database.run([{ type: 'insert', collection: 'c', documents: [`{"_id":${10_000 + id},"n":0}`] }]);
  };
  for (const [name, request] of WALKS.filter(([, request]) => request.sort !== '{"m":1,"n":-1}')) {
    const found = allIds(database, request, write);
    assert.deepEqual(
      found.filter((id, i) => found.indexOf(id) !== i),
      [],
      `${name} repeats`,
    );
    for (let kept = 100; kept < 2500; kept++) assert.ok(found.includes(kept), `${name} misses ${kept}`);
  }
});

test('pages are as small as the caller wants, and a limit counts over all of them', () => {
  using database = filled(50);
  for (const [name, request] of WALKS.filter(([, { at }]) => at === undefined)) {
    const { count, cursor } = database.read({ kind: 'find', collection: 'c', ...request, batchSize: 7 });
    assert.equal(count, 7, name);
    assert.ok(cursor, name);
    assert.equal(new Set(allIds(database, { ...request, batchSize: 7 })).size, 50, name);
    assert.equal(allIds(database, { ...request, batchSize: 7, limit: 16 }).length, 16, name);
    assert.equal(allIds(database, { ...request, batchSize: 7, limit: 14 }).length, 14, name);
    assert.equal(allIds(database, { ...request, batchSize: 7, limit: 3 }).length, 3, name);
    assert.deepEqual(allIds(database, { ...request, batchSize: 7, skip: 3 }), allIds(database, request).slice(3), name);
  }
  assert.equal(allIds(database, { at: { height: 3 }, batchSize: 7 }).length, 50);
  assert.throws(() => allIds(database, { batchSize: 0 }), { code: 'invalid_request' });
});

test('limit and skip', () => {
  using database = filled(100);
  assert.deepEqual(allIds(database, { limit: 3, skip: 2 }), [2, 3, 4]);
  assert.deepEqual(allIds(database, { sort: '{"m":-1,"_id":1}', limit: 3, skip: 1 }), [24, 37, 50]);
  assert.deepEqual(allIds(database, { sort: '{"_id":-1}', skip: 98 }), [1, 0]);
  assert.equal(database.read({ kind: 'count', collection: 'c', skip: 95, limit: 10 }).count, 5);
  assert.equal(allIds(database, { limit: 0 }).length, 100);
});

test('a cursor belongs to its query', () => {
  using database = filled(1500);
  const { cursor = '' } = database.read({ kind: 'find', collection: 'c', filter: '{"n":{"$gte":0}}', hint: 'n_1' });
  const refused = (request: Partial<FindRequest>) => {
    const whole: FindRequest = { kind: 'find', collection: 'c', filter: '{"n":{"$gte":0}}', hint: 'n_1', cursor, ...request };
    assert.throws(() => database.read(whole), { code: 'invalid_cursor' }, JSON.stringify(request));
  };
  refused({ filter: '{}' });
  refused({ sort: '{"n":1}' });
  refused({ cursor: 'nonsense' });
  refused({ cursor: Buffer.from('{"q":1}').toString('base64url') });
  database.run([{ type: 'dropIndex', collection: 'c', index: 'n_1' }]);
  refused({});
});

test('pages are bounded by bytes', () => {
  using database = new ScratchDatabase();
  database.run([{ type: 'createCollection', collection: 'c', options: {} }]);
  const pad = 'x'.repeat(900_000);
  for (let i = 0; i < 6; i++) database.run([{ type: 'insert', collection: 'c', documents: [`{"_id":${i},"pad":"${pad}"}`] }]);
  const first = database.read({ kind: 'find', collection: 'c' });
  assert.equal(first.count, 5);
  assert.deepEqual(allIds(database, { projection: '{"_id":1}' }), [0, 1, 2, 3, 4, 5]);
});
