import assert from 'node:assert/strict';
import { test } from 'node:test';
import { arraySlices, objectSlices } from './json-slices.ts';

test('an object gives the text of each field, untouched', () => {
  const fields = objectSlices(' { "a" : [1.0, {"b":"}]"}] , "c\\n" : "x\\\\", "d":-1.50e3 ,"e":null}');
  assert.deepEqual(
    [...fields],
    [
      ['a', '[1.0, {"b":"}]"}]'],
      ['c\n', '"x\\\\"'],
      ['d', '-1.50e3'],
      ['e', 'null'],
    ],
  );
});

test('an array gives the text of each item', () => {
  assert.deepEqual(arraySlices('[{"a":"\\"]"}, 2,"three" , [ ] ]'), ['{"a":"\\"]"}', '2', '"three"', '[ ]']);
  assert.deepEqual(arraySlices(' [] '), []);
});

test('what is neither gives nothing', () => {
  assert.equal(objectSlices('[1]').size, 0);
  assert.deepEqual(arraySlices('{}'), []);
});
