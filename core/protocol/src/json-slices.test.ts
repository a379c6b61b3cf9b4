import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
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

test('parts are cut where they end, whatever is in them', () => {
  fc.assert(
    fc.property(fc.array(fc.json()), fc.dictionary(fc.string(), fc.jsonValue()), (items, members) => {
      assert.deepEqual(
        arraySlices(`[${items.join(',')}]`),
        items.map((item) => item.trim()),
      );
      const slices = objectSlices(JSON.stringify(members));
      assert.deepEqual([...slices.keys()], Object.keys(members));
      for (const [name, text] of slices) assert.equal(text, JSON.stringify(members[name]));
    }),
  );
});

test('white space, escapes and numbers stay as they are, also in empty and foreign texts', () => {
  const text = ' { "a" : [1.0, {"b":"}]"}] , "c\\n\\"" : "x\\\\", "d":-1.50e3 ,"e":null}';
  assert.deepEqual(
    [...objectSlices(text)],
    [
      ['a', '[1.0, {"b":"}]"}]'],
      ['c\n"', '"x\\\\"'],
      ['d', '-1.50e3'],
      ['e', 'null'],
    ],
  );
  assert.deepEqual([arraySlices(' [] '), arraySlices('{}'), [...objectSlices('[1]')], arraySlices('')], [[], [], [], []]);
});
