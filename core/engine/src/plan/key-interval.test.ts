import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareBytes, encodeKey, type Value } from '@aerolithdb/protocol';
import { matches, parseFilter } from '@aerolithdb/query';
import { boundsOf } from './bounds.ts';
import { descending, type KeyInterval } from './key-interval.ts';

const VALUES: readonly Value[] = [
  null,
  Number.NaN,
  -5,
  0,
  0.5,
  1,
  2n,
  '',
  'a',
  'ab',
  'abc',
  'b',
  '\u{10ffff}',
  true,
  false,
  new Map([['x', 1]]),
];

const FILTERS: readonly Value[][] = [
  ...['$eq', '$gt', '$gte', '$lt', '$lte'].flatMap((op) => [0, 'a', 'ab', false, '\u{10ffff}'].map((value) => [op, value])),
  ['$regex', '^a'],
  ['$regex', '^\u{10ffff}'],
];

test('bounds hold the entries of what passes, in both directions of an index', () => {
  for (const [op, operand] of FILTERS) {
    const filter = parseFilter(new Map<string, Value>([['v', new Map([[op as string, operand!]])]]));
    if (filter.kind !== 'field') throw new Error('One test is one field.');
    const bounds = boundsOf(filter.path, filter.test)!;
    for (const value of VALUES) {
      const passes = matches(filter, new Map([['v', value]]));
      const name = `${op} ${operand} ${value}`;
      const inside = holds(bounds.intervals, encodeKey(value));
      assert.equal(holds(bounds.intervals.map(descending), encodeKey(value, -1)), inside, name);
      if (bounds.exact) assert.equal(inside, passes, name);
      else assert.ok(inside || !passes, name);
    }
  }
});

function holds(intervals: readonly KeyInterval[], key: Uint8Array): boolean {
  return intervals.some(({ low, high }) => compareBytes(low, key) <= 0 && compareBytes(key, high) < 0);
}
