import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Explanation, IndexSpec } from '@aerolithdb/protocol';
import { ScratchDatabase } from '../read/scratch-database.ts';

let database: ScratchDatabase;

const INDEXES: readonly IndexSpec[] = [
  { name: 'mail', keys: [['mail', 1]], sparse: true, unique: true },
  { name: 'open', keys: [['due', 1]], partialFilterExpression: '{"state":"open"}' },
  { name: 'hidden', keys: [['team', 1]], hidden: true },
];

before(() => {
  database = new ScratchDatabase();
  database.run([{ type: 'createCollection', collection: 'c', options: {} }]);
  database.run(INDEXES.map((index) => ({ type: 'createIndex', collection: 'c', index })));
  for (let from = 0; from < 3000; from += 1000) {
    const documents = Array.from({ length: 1000 }, (_, i) => document(from + i));
    database.run([{ type: 'insert', collection: 'c', documents }]);
  }
});

after(() => database[Symbol.dispose]());

function document(i: number): string {
  const mail = i % 3 === 0 ? `,"mail":"m${i}"` : i % 3 === 1 ? '' : ',"other":null';
  return `{"_id":${i},"due":${i},"state":"${i % 20 === 0 ? 'open' : 'done'}","team":${i % 7}${mail}}`;
}

function explain(filter: string, sort?: string): Explanation {
  return database.read({ kind: 'find', collection: 'c', filter, ...(sort !== undefined && { sort }), explain: true }).explain!;
}

function count(filter: string): number | undefined {
  return database.read({ kind: 'count', collection: 'c', filter }).count;
}

test('a sparse index serves what asks that its field is there, and nothing else', () => {
  assert.equal(explain('{"mail":"m3"}').index, 'mail');
  assert.equal(explain('{"mail":{"$gt":"m29"}}').index, 'mail');
  assert.equal(explain('{"mail":null}').access, 'scan');
  assert.equal(count('{"mail":null}'), 2000);
  assert.match(explain('{}', '{"mail":1}').rejected!.join(), /mail: not used, it is sparse, and the filter does not ask/);
});

test('a sparse index is unique among the documents that have its field', () => {
  const [missing, twice] = database.apply([
    { type: 'insert', collection: 'c', documents: ['{"_id":"a"}', '{"_id":"b"}'] },
    { type: 'insert', collection: 'c', documents: ['{"_id":"d","mail":"m3"}'] },
  ]);
  assert.equal(missing?.ok, true);
  assert.equal(twice?.ok === false && twice.error.code, 'duplicate_key_value');
  database.run([{ type: 'delete', collection: 'c', filter: '{"_id":{"$in":["a","b"]}}', multi: true }]);
});

test('a partial index serves filters that imply its own, which it then settles', () => {
  const found = explain('{"state":"open","due":{"$gt":2900}}');
  assert.deepEqual([found.index, found.residual], ['open', []]);
  assert.equal(count('{"state":"open","due":{"$gt":2900}}'), 4);
  assert.equal(explain('{"state":"open"}').index, 'open');
  assert.equal(count('{"state":"open"}'), 150);
  assert.deepEqual(explain('{"state":"open"}', '{"due":-1}').sortedByIndex, true);
  const without = explain('{"due":{"$gt":2900}}');
  assert.equal(without.access, 'scan');
  assert.match(without.rejected!.join(), /open: not used, it holds only documents with \{"state":"open"\}, and the filter/);
});

test('a document enters a partial index and leaves it', () => {
  const set = (state: string) =>
    database.run([{ type: 'update', collection: 'c', filter: '{"_id":7}', update: `{"$set":{"state":"${state}"}}` }]);
  set('open');
  assert.equal(count('{"state":"open","due":7}'), 1);
  set('done');
  assert.equal(count('{"state":"open","due":7}'), 0);
  assert.equal(count('{"state":"open"}'), 150);
});

test('an $or takes a partial index where one of its parts allows it', () => {
  const filter = '{"$or":[{"state":"open","due":20},{"mail":"m3"}]}';
  assert.equal(explain(filter).index, 'open + mail');
  assert.equal(count(filter), 2);
});

test('a hidden index is kept and not used, also not by a hint', () => {
  assert.match(explain('{"team":3}').rejected!.join(), /hidden: not used, it is hidden\./);
  assert.throws(
    () => database.read({ kind: 'find', collection: 'c', filter: '{"team":3}', hint: 'hidden' }),
    /"hidden" cannot serve this query: it is hidden/,
  );
  assert.throws(() => database.read({ kind: 'find', collection: 'c', filter: '{}', hint: 'mail' }), /it is sparse/);
});

test('a definition that cannot be held is refused', () => {
  const refused: readonly (readonly [IndexSpec, RegExp])[] = [
    [{ name: 'x', keys: [['a', 1]], partialFilterExpression: '{"$expr":{"$gt":["$a",1]}}' }, /has no \$expr/],
    [{ name: 'x', keys: [['a', 1]], partialFilterExpression: '{"a":{"$gtt":1}}' }, /\$gt/],
    [{ name: 'x', keys: [['a', 1]], weights: { a: 2 } }, /"weights" is no option of an index of the kind "ordered"/],
  ];
  for (const [index, sentence] of refused) {
    const [outcome] = database.apply([{ type: 'createIndex', collection: 'c', index }]);
    assert.match(outcome?.ok === false ? outcome.error.message : 'applied', sentence);
  }
});
