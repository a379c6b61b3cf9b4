import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Operation } from '@aerolithdb/protocol';
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

const LOOP = '{"$map":{"input":{"$range":[0,1000000]},"in":{"$map":{"input":{"$range":[0,1000000]},"as":"x","in":"$a"}}}}';
const ENDLESS = `"$expr":{"$isArray":[${LOOP}]}`;

/** Refusals and results of writes, one after the other on the same documents. */
function outcomesOfWrites(database: ScratchDatabase, filters: readonly string[]): string[] {
  const update = '{"$set":{"seen":true}}';
  const operations = filters.flatMap((filter): Operation[] => [
    { type: 'update', collection: 'c', filter, update, multi: true },
    { type: 'update', collection: 'c', filter, update },
    { type: 'delete', collection: 'c', filter, multi: true },
  ]);
  return database
    .apply(operations)
    .map((outcome) => (outcome.ok ? JSON.stringify(outcome.result) : `${outcome.error.code}: ${outcome.error.message}`));
}

test('an expression that would hold the writer is refused, changes nothing, and the next command is applied', () => {
  using database = filled();
  const filters = [`{${ENDLESS}}`, `{"a":3,${ENDLESS}}`, `{"_id":2,${ENDLESS}}`, `{"$or":[{"a":9},{${ENDLESS}}]}`];
  for (const outcome of outcomesOfWrites(database, filters)) {
    assert.match(outcome, /^invalid_expression: .*too many steps for one document in a write; loop over fewer/);
  }
  assert.equal(ids(database, '{"seen":{"$exists":false}}'), '1 2 3 4 5');
  assert.deepEqual(outcomesOfWrites(database, ['{"a":9}']), [
    '{"matched":0,"modified":0}',
    '{"matched":0,"modified":0}',
    '{"deleted":0}',
  ]);
});

test('an index changes nothing of what is refused', () => {
  using indexed = filled();
  using plain = filled();
  plain.run([{ type: 'dropIndex', collection: 'c', index: 'a_1' }]);
  const near = (length: number): string => `"$expr":{"$isArray":[{"$map":{"input":{"$range":[0,${length}]},"in":"$$this"}}]}`;
  const filters = [5000, 3500, 3300, 3000, 2600, 2400, 2000].map((length) => `{"a":{"$gt":2},${near(length)}}`);
  const outcomes = outcomesOfWrites(indexed, filters);
  assert.deepEqual(outcomesOfWrites(plain, filters), outcomes);
  const codes = new Set(outcomes.map((outcome) => outcome.split(':')[0]));
  assert.ok(codes.has('invalid_expression') && codes.has('{"matched"'), [...codes].join());
});
