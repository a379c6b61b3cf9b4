import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exactNearest, recall } from './recall.ts';

const VECTORS = [
  [1, 0],
  [0, 1],
  [0.8, 0.6],
  [-1, 0],
].map((vector) => Float32Array.from(vector));

test('the exact search ranks by angle', () => {
  assert.deepEqual(exactNearest(VECTORS, Float32Array.of(1, 0), 3), [0, 2, 1]);
});

test('recall counts what was found of what is true, whatever the order', () => {
  assert.equal(recall([[2, 0], [3]], [[0, 2], [1]]), 2 / 3);
  assert.equal(recall([[0]], [[0]]), 1);
});
