import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseDocument, toStored } from '@aerolithdb/protocol';
import { arrayIndex, parsePath } from './path.ts';
import { tableRows } from './text-table.ts';
import { indexValues, valuesAtPath } from './values-at-path.ts';

test('values at a path, arrays taken apart', () => {
  const table = `
    a     | {"a":1}                         | [1]
    a     | {"a":[1,2]}                     | [1,2]
    a     | {"a":[[1],2]}                   | [[1],2]
    a     | {"a":[]}                        | []
    a     | {"a":null}                      | [null]
    a     | {}                              | []
    a.b   | {"a":{"b":1}}                   | [1]
    a.b   | {"a":[{"b":1},{"b":[2,3]},{},4]} | [1,2,3]
    a.b   | {"a":5}                         | []
    a.0   | {"a":[[1,2],3]}                 | [[1,2]]
    a.0   | {"a":[{"0":7}]}                 | [7,{"0":7}]
    a.0.b | {"a":[{"b":1},{"b":2}]}         | [1]
    a.0.b | {"a":[[{"b":1},{"b":2}]]}       | [1,2]
  `;
  for (const [path, document, expected] of tableRows(table)) {
    assert.equal(toStored(valuesAtPath(parseDocument(document!), parsePath(path!))), expected, `${path} of ${document}`);
  }
});

test('what an index holds', () => {
  const table = `
    a     | {"a":1}                    | [1]      | one
    a     | {"a":[1,2]}                | [1,2]    | multikey
    a     | {"a":[]}                   | [[]]     | multikey
    a     | {}                         | [null]   | one
    a.b   | {"a":{"b":1}}              | [1]      | one
    a.b   | {"a":{"b":[1,2]}}          | [1,2]    | multikey
    a.b   | {"a":{"b":[]}}             | [[]]     | multikey
    a.b   | {"a":[{"b":1},{}]}         | [1,null] | multikey
    a.b   | {"a":[1,2]}                | [null]   | multikey
    a.b   | {"a":[]}                   | [null]   | multikey
    a.b   | {"a":5}                    | [null]   | one
    a.b   | {}                         | [null]   | one
    a.0   | {"a":[5,6]}                | [5]      | multikey
  `;
  for (const [path, document, expected, multikey] of tableRows(table)) {
    const actual = indexValues(parseDocument(document!), parsePath(path!));
    assert.equal(toStored(actual.values), expected, `${path} of ${document}`);
    assert.equal(actual.multikey, multikey === 'multikey', `${path} of ${document}`);
  }
});

test('an array of many elements', () => {
  const many = parseDocument(`{"a":{"b":[${new Array(300_000).fill('1').join()}]}}`);
  assert.equal(valuesAtPath(many, ['a', 'b']).length, 300_000);
  assert.equal(indexValues(many, ['a', 'b']).values.length, 300_000);
});

test('which path components are array indexes', () => {
  assert.deepEqual(['0', '7', '10', '123456789'].map(arrayIndex), [0, 7, 10, 123456789]);
  for (const name of ['', '00', '01', '-1', '1.0', '1e3', 'a', '9a', '1234567890', '٣']) assert.equal(arrayIndex(name), -1, name);
});
