import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ScratchDatabase } from '../read/scratch-database.ts';

function filled(): ScratchDatabase {
  const database = new ScratchDatabase();
  database.run([{ type: 'createCollection', collection: 'c', options: {} }]);
  database.run([{ type: 'insert', collection: 'c', documents: ['{"_id":1,"a":2}', '{"_id":2,"a":3}'] }]);
  return database;
}

const texts = (database: ScratchDatabase) => database.read({ kind: 'find', collection: 'c' }).text;

test('an update as a pipeline changes each document by what it holds, at the time of the block', () => {
  using database = filled();
  const update = '[{"$set":{"double":{"$multiply":["$a",2]},"at":"$$NOW"}},{"$unset":"a"}]';
  const [result] = database.run([{ type: 'update', collection: 'c', filter: '{}', update, multi: true }], 5000);
  assert.deepEqual(result, { matched: 2, modified: 2 });
  const at = '{"$date":"1970-01-01T00:00:05Z"}';
  assert.equal(texts(database), `[{"_id":1,"double":4,"at":${at}},{"_id":2,"double":6,"at":${at}}]`);
});

test('it answers with an image, makes the document of an upsert, and stands in a bulk', () => {
  using database = filled();
  const one = {
    type: 'update',
    collection: 'c',
    filter: '{"_id":1}',
    update: '[{"$replaceWith":{"n":"$a"}}]',
    returning: 'after',
  } as const;
  assert.equal(database.run([one])[0]!.document, '{"_id":1,"n":2}');
  const upsert = {
    type: 'update',
    collection: 'c',
    filter: '{"_id":9,"k":1}',
    update: '[{"$set":{"n":{"$add":["$k",1]}}}]',
    upsert: true,
  } as const;
  assert.equal(database.run([{ type: 'bulk', operations: [upsert] }])[0]!.outcomes?.[0]?.ok, true);
  assert.match(texts(database)!, /\{"_id":9,"k":1,"n":2\}/);
});

test('what is no update changes nothing', () => {
  using database = filled();
  const before = texts(database);
  for (const [update, code] of [
    ['[{"$match":{}}]', 'invalid_update'],
    ['5', 'invalid_update'],
    ['[{"$set":{"_id":7}}]', 'immutable_id'],
    ['[{"$set":{"a":{"$rand":{}}}}]', 'invalid_expression'],
    ['[{"$set":{"a":{"$divide":["$a",0]}}}]', 'invalid_expression'],
  ] as const) {
    const [outcome] = database.apply([{ type: 'update', collection: 'c', filter: '{}', update, multi: true }]);
    assert.equal(outcome?.ok === false && outcome.error.code, code, update);
  }
  assert.equal(texts(database), before);
});
