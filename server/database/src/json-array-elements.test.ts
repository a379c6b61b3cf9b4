import assert from 'node:assert/strict';
import { test } from 'node:test';
import { jsonArrayElements } from './json-array-elements.ts';

test('elements come out as they stand', () => {
  const elements = ['1', '"a,]b"', '{"a":[1,2,{"b":"}"}]}', '[]', '"\\""', '"\\\\"', '{"q":"\\\\\\","}', 'null', '[[],[1,"]"]]'];
  assert.deepEqual(jsonArrayElements(`[${elements.join(',')}]`), elements);
  for (const element of elements) assert.deepEqual(jsonArrayElements(`[${element}]`), [element]);
});

test('an empty array has none', () => {
  assert.deepEqual(jsonArrayElements('[]'), []);
  assert.deepEqual(jsonArrayElements('[ ]'), []);
});

test('a string without an end is a fault', () => {
  assert.throws(() => jsonArrayElements('["a'), /has no end/);
});
