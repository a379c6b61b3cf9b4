import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseDocument } from '@aerolithdb/protocol';
import { parseSort } from '@aerolithdb/query';
import { READ_LIMITS } from './read-limits.ts';
import { TopRows } from './top-rows.ts';

const BY_N = parseSort(parseDocument('{"n":-1}'));

test('the first rows of any number, equal ones as they came', () => {
  const top = new TopRows<string>(BY_N, 3);
  for (let i = 0; i < 100; i++) top.add(`row ${i}`, [Math.floor(i / 2) % 10], 1);
  assert.deepEqual(top.sorted(), ['row 18', 'row 19', 'row 38']);
});

test('a sort that would hold too many bytes is refused', () => {
  const top = new TopRows<number>(BY_N, 10);
  top.add(1, ['long'], READ_LIMITS.sortBytes / 2);
  assert.throws(() => top.add(2, ['long'], READ_LIMITS.sortBytes), { code: 'sort_too_large' });
});

test('a sort that would hold too many rows is refused', () => {
  const top = new TopRows<number>(BY_N, READ_LIMITS.sortRows);
  const fill = () => {
    for (let i = 0; i <= READ_LIMITS.sortRows; i++) top.add(i, [i], 1);
  };
  assert.throws(fill, { code: 'sort_too_large' });
});
