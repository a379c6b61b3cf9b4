import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ScratchDatabase } from './scratch-database.ts';

function filled(): ScratchDatabase {
  const database = new ScratchDatabase();
  database.run([{ type: 'createCollection', collection: 'c', options: {} }]);
  database.run([{ type: 'createIndex', collection: 'c', index: { name: 'a_1', keys: [['a', 1]] } }]);
  const documents = [
    '{"_id":1,"a":1,"b":2}',
    '{"_id":2,"a":3,"b":2}',
    '{"_id":3,"a":3,"b":null}',
    '{"_id":4,"a":5}',
    '{"_id":5,"at":{"$date":5000},"a":"x"}',
  ];
  database.run([{ type: 'insert', collection: 'c', documents }]);
  return database;
}

function ids(database: ScratchDatabase, filter: string, now?: number): string {
  const { text } = database.read({ kind: 'find', collection: 'c', filter, ...(now === undefined ? {} : { now }) });
  const found: { _id: number }[] = JSON.parse(text!);
  return found
    .map(({ _id }) => _id)
    .sort()
    .join(' ');
}

test('$expr selects by the whole document, beside and inside other conditions', () => {
  using database = filled();
  assert.equal(ids(database, '{"$expr":{"$gt":["$a","$b"]}}'), '2 3 4 5');
  assert.equal(ids(database, '{"a":3,"$expr":{"$gt":["$b",1]}}'), '2');
  assert.equal(ids(database, '{"$or":[{"_id":4},{"$expr":{"$eq":["$a",1]}}]}'), '1 4');
  assert.equal(ids(database, '{"$nor":[{"$expr":{"$isNumber":"$a"}}]}'), '5');
  assert.equal(ids(database, '{"$expr":{"$lt":["$at","$$NOW"]},"at":{"$exists":true}}', 6000), '5');
  assert.throws(() => ids(database, '{"$expr":{"$lt":["$at","$$NOW"]}}'), { code: 'invalid_expression' });
  assert.throws(() => ids(database, '{"$expr":{"$add":["$a",1]}}'), { code: 'invalid_expression', message: /type string/ });
  assert.equal(ids(database, '{"$expr":{"$gt":[{"$add":["$a",1]},3]},"a":{"$type":"number"}}'), '2 3 4');
  assert.equal(ids(database, '{}'), '1 2 3 4 5');
});

test('explain says that the expression is evaluated by the reference', () => {
  using database = filled();
  const filter = '{"a":3,"$expr":{"$gt":["$b",1]}}';
  const { explain } = database.read({ kind: 'find', collection: 'c', filter, explain: true });
  assert.deepEqual(
    explain?.residual?.map(({ part }) => part),
    ['$expr'],
  );
});

test('in a command $$NOW is the time of the block, and chance is refused', () => {
  using database = filled();
  const update = (filter: string): unknown =>
    database.run([{ type: 'update', collection: 'c', filter, update: '{"$set":{"seen":true}}', multi: true }], 100_000)[0];
  assert.deepEqual(update('{"at":{"$exists":true},"$expr":{"$lt":["$at","$$NOW"]}}'), { matched: 1, modified: 1 });
  assert.throws(() => update('{"$expr":{"$lt":[{"$rand":{}},0.5]}}'), /same on every replica/);
});
