import assert from 'node:assert/strict';
import { test } from 'node:test';
import { columnWidths } from './column-widths.ts';

test('columns that fit keep their widths', () => assert.deepEqual(columnWidths([4, 10, 3], 40, 2), [4, 10, 3]));

test('the widest column gives first', () => assert.deepEqual(columnWidths([4, 60, 20], 60, 2), [4, 32, 20]));

test('several wide columns end about equal', () => {
  const widths = columnWidths([50, 50, 50], 64, 2);
  assert.equal(widths.reduce((sum, width) => sum + width, 0) + 4, 64);
  assert.ok(Math.max(...widths) - Math.min(...widths) <= 1);
});

test('columns are left out when even narrow ones do not fit', () => {
  assert.deepEqual(columnWidths([20, 20, 20, 20], 34, 2), [10, 10, 10]);
});

test('one column stays whatever the room', () => assert.deepEqual(columnWidths([100], 5, 2), [10]));
