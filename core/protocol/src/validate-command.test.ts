import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LIMITS } from './limits.ts';
import { hasCode } from './testing/has-code.ts';
import { validateCommand } from './validate-command.ts';

const insert = { type: 'insert', collection: 'c', documents: ['{"_id":1}'] };

function command(operation: unknown, further: object = {}): unknown {
  return { id: 'x', actor: 'admin', operation, ...further };
}

test('a valid command is returned as it is', () => {
  const value = command(insert);
  assert.equal(validateCommand(value), value);
});

test('what is no command is refused by name', () => {
  for (const [value, sentence] of [
    [null, /command must be an object/],
    [[], /command must be an object/],
    ['x', /command must be an object/],
    [{}, /id must be a string/],
    [command(insert, { id: '' }), /id must be 1 to 64/],
    [command(insert, { id: 'x'.repeat(65) }), /id must be 1 to 64/],
    [command(insert, { id: 'a b' }), /id must be 1 to 64/],
    [command(insert, { actr: 'a' }), /no field "actr"; did you mean "actor"\?/],
    [command(undefined), /operation must be an object/],
    [command({ type: 'inser' }), /did you mean "insert"\?/],
    [command({ type: 'zzzzzzzzz' }), /known are createCollection, /],
    [command({ type: '__proto__' }), /is no operation/],
    [command({ type: 'constructor' }), /is no operation/],
    [command({ ...insert, document: [] }), /operation has no field "document"; did you mean "documents"\?/],
    [command({ ...insert, xyz: [] }), /known are type, collection, documents/],
    [command({ type: 'insert', collection: 'c' }), /operation\.documents is missing/],
    [command({ ...insert, documents: '{}' }), /documents must be an array/],
    [command({ ...insert, documents: [] }), /documents must not be empty/],
    [command({ ...insert, documents: [1] }), /documents\[0\] must be a string/],
    [command({ ...insert, documents: ['{"_id": 1}'] }), /documents\[0\] must be in stored form/],
    [command({ ...insert, documents: ['{"at":{"$date":"1970-01-01T00:00:00Z"}}'] }), /stored form/],
    [command({ type: 'delete', collection: 'c', filter: '{}', ifVersion: 1.5 }), /ifVersion must be a whole number/],
    [command({ type: 'delete', collection: 'c', filter: '{}', ifVersion: -0 }), /ifVersion must be a whole number/],
    [command({ type: 'delete', collection: 'c', filter: '{}', multi: null }), /multi must be true or false/],
    [command({ type: 'update', collection: 'c', filter: '{}', update: '{}', returning: 'befor' }), /did you mean "before"\?/],
    [command({ type: 'createIndex', collection: 'c', index: { name: 'a', keys: [] } }), /at least one path/],
    [
      command({ type: 'createIndex', collection: 'c', index: { name: 'a', keys: [['a', '1']] } }),
      /a path with one of 1, -1, text/,
    ],
    [
      command({ type: 'createIndex', collection: 'c', index: { name: 'a', keys: [['a', 1]], uniqe: true } }),
      /did you mean "unique"/,
    ],
    [command({ type: 'createCollection', collection: 'c', options: { schema: {} } }), /schema must be a string/],
    [command({ type: 'createCollection', collection: 'c', options: { shema: '' } }), /did you mean "schema"/],
    [
      command({ type: 'transaction', operations: [{ type: 'createIndex' }] }),
      /operations\[0\]\.type "createIndex" is no operation/,
    ],
    [
      command({ type: 'transaction', operations: [insert], reads: [{ collection: 'c', id: '1' }] }),
      /reads\[0\]\.version is missing/,
    ],
    [command(insert, { actor: '\ud800' }), /surrogate/],
  ] as const) {
    assert.throws(() => validateCommand(value), hasCode('invalid_command', sentence), JSON.stringify(value));
  }
});

test('names, sizes and texts have codes of their own', () => {
  for (const collection of ['', '$a', '.a', 'a b', 'é', 'a/b', '__proto__', 'x'.repeat(121)]) {
    assert.throws(() => validateCommand(command({ ...insert, collection })), hasCode('invalid_name'), collection);
  }
  const documents = Array.from({ length: LIMITS.batchDocuments + 1 }, () => '{}');
  assert.throws(() => validateCommand(command({ ...insert, documents })), hasCode('batch_too_large'));
  assert.throws(() => validateCommand(command({ ...insert, documents: ['{"a":1,"a":2}'] })), hasCode('duplicate_key'));
  assert.throws(() => validateCommand(command({ ...insert, documents: ['{'] })), hasCode('invalid_json'));
});

test('unchecked texts are only strings', () => {
  assert.ok(validateCommand(command({ ...insert, documents: ['{'] }), { texts: 'unchecked' }));
  assert.throws(
    () => validateCommand(command({ ...insert, documents: [{}] }), { texts: 'unchecked' }),
    hasCode('invalid_command'),
  );
});
