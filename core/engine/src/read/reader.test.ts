import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ReadRequest } from '@aerolithdb/protocol';
import { Reader } from './reader.ts';
import { ScratchDatabase } from './scratch-database.ts';

function small(): ScratchDatabase {
  const database = new ScratchDatabase();
  database.run([{ type: 'createCollection', collection: 'cities', options: {} }]);
  database.run([{ type: 'createIndex', collection: 'cities', index: { name: 'pop_1', keys: [['pop', 1]] } }]);
  database.run([
    { type: 'insert', collection: 'cities', documents: ['{"_id":"b","pop":3,"on":{"$date":0}}', '{"_id":7,"pop":1}'] },
  ]);
  return database;
}

/** request | code | what the sentence must say */
const REFUSALS: readonly [request: Record<string, unknown>, code: string, says: RegExp][] = [
  [{ kind: 'find', collection: 'citie' }, 'unknown_collection', /Did you mean "cities"/],
  [{ kind: 'get', collection: 'citie', id: '1' }, 'unknown_collection', /cities/],
  [{ kind: 'find', collection: 'cities', hint: 'pop1' }, 'unknown_index', /Did you mean "pop_1"/],
  [{ kind: 'find', collection: 'cities', limit: -1 }, 'invalid_request', /whole number/],
  [{ kind: 'count', collection: 'cities', skip: 1.5 }, 'invalid_request', /whole number/],
  [{ kind: 'find', collection: 'cities', at: { height: 9 } }, 'invalid_position', /ahead of the log/],
  [{ kind: 'find', collection: 'cities', at: { height: -1 } }, 'invalid_position', /whole number/],
  [{ kind: 'get', collection: 'cities', id: '7', at: { time: Number.NaN } }, 'invalid_position', /milliseconds/],
  [{ kind: 'get', collection: 'cities', id: '[7]' }, 'invalid_id', /array/],
  [{ kind: 'get', collection: 'cities', id: '{' }, 'invalid_json', /./],
  [{ kind: 'history', collection: 'cities', id: '8' }, 'unknown_document', /never held/],
  [{ kind: 'block', height: 4 }, 'unknown_block', /at 3/],
  [{ kind: 'find', collection: 'cities', filter: '{"pop":{"$gtt":1}}' }, 'unknown_operator', /\$gt/],
  [{ kind: 'find', collection: 'cities', sort: '{"pop":2}' }, 'invalid_sort', /./],
  [{ kind: 'distinct', collection: 'cities', field: '' }, 'invalid_request', /field/],
];

test('refusals are named and say what to do', () => {
  using database = small();
  for (const [request, code, says] of REFUSALS) {
    assert.throws(
      () => database.read(request as ReadRequest),
      (error: Error & { code?: string }) => error.code === code && says.test(error.message),
      JSON.stringify(request),
    );
  }
});

test('a document goes out as its own text, dates in ISO form', () => {
  using database = small();
  const text = '{"_id":"b","pop":3,"on":{"$date":"1970-01-01T00:00:00Z"}}';
  const raw = database.reader.getRaw('cities', '"b"');
  assert.deepEqual([raw?.version, raw?.text], [3 * 16384, text]);
  assert.equal(database.read({ kind: 'get', collection: 'cities', id: '"b"' }).text, text);
  assert.equal(database.reader.getRaw('cities', '7.0')?.text, '{"_id":7,"pop":1}');
  assert.equal(database.reader.getRaw('cities', '8'), undefined);
  assert.throws(() => database.reader.getRaw('citie', '8'), { code: 'unknown_collection' });
});

test('a reader follows the catalogue', () => {
  using database = small();
  assert.equal(database.reader.getRaw('cities', '7')?.text.length, 17);
  assert.equal(database.reader.catalogue(), database.reader.catalogue());
  database.run([{ type: 'dropCollection', collection: 'cities' }]);
  assert.throws(() => database.reader.getRaw('cities', '7'), { code: 'unknown_collection' });
  database.run([{ type: 'createCollection', collection: 'cities', options: {} }]);
  assert.equal(database.reader.getRaw('cities', '7'), undefined);
  database.run([{ type: 'insert', collection: 'cities', documents: ['{"_id":7}'] }]);
  assert.equal(database.reader.getRaw('cities', '7')?.text, '{"_id":7}');
  const [view] = database.reader.catalogue().collections;
  assert.deepEqual([view?.name, view?.documents, view?.indexes], ['cities', 1, []]);
  assert.equal(database.reader.head().height, database.engine.head().height);
});

test('a block names its commands', () => {
  using database = small();
  const block = JSON.parse(database.read({ kind: 'block', height: 3 }).text!);
  assert.equal(block.previousHash, JSON.parse(database.read({ kind: 'block', height: 2 }).text!).hash);
  assert.deepEqual(block.commands, [{ id: 'c2', actor: 'test', type: 'insert', collection: 'cities', outcome: 'ok' }]);
  assert.equal(block.changes, 2);
});

test('distinct takes arrays apart, counts equal numbers once and orders by type', () => {
  using database = small();
  const documents = [
    '{"_id":1,"t":["b",2,[1]]}',
    '{"_id":2,"t":2.0}',
    '{"_id":3,"t":null}',
    '{"_id":4}',
    '{"_id":5,"t":{"$date":0}}',
  ];
  database.run([{ type: 'insert', collection: 'cities', documents }]);
  const { text } = database.read({ kind: 'distinct', collection: 'cities', field: 't' });
  assert.equal(text, '[null,2,"b",[1],{"$date":"1970-01-01T00:00:00Z"}]');
  const filtered = database.read({
    kind: 'distinct',
    collection: 'cities',
    field: 't',
    filter: '{"_id":{"$gt":2}}',
    explain: true,
  });
  assert.deepEqual([filtered.text, filtered.explain?.access], ['[null,{"$date":"1970-01-01T00:00:00Z"}]', 'id']);
});

test('a folder without a data file is named', () => {
  assert.throws(() => Reader.open('/nonexistent-aerolith'), { code: 'storage_failed' });
});
