import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Document, toPlain } from '@aerolithdb/protocol';
import { runInMemory } from './memory-sources.ts';
import { parsePipelineText } from './parse-pipeline.ts';
import { GRANULARITIES, nextPreferred, previousPreferred } from './preferred-numbers.ts';

const HUNDRED: readonly Document[] = Array.from({ length: 100 }, (_, i) => new Map([['_id', i]]));

function bounds(granularity: string): unknown {
  const stages = parsePipelineText(`[{"$bucketAuto":{"groupBy":"$_id","buckets":5,"granularity":"${granularity}"}}]`);
  return runInMemory(stages, new Map([['c', HUNDRED]])).map((document) => {
    const { _id, count } = toPlain(document) as { _id: { min: number; max: number }; count: number };
    return [_id.min, _id.max, count];
  });
}

test('the table of the manual', () => {
  assert.deepEqual(bounds('R20'), [
    [0, 20, 20],
    [20, 40, 20],
    [40, 63, 23],
    [63, 90, 27],
    [90, 100, 10],
  ]);
  assert.deepEqual(bounds('E24'), [
    [0, 20, 20],
    [20, 43, 23],
    [43, 68, 25],
    [68, 91, 23],
    [91, 100, 9],
  ]);
  assert.deepEqual(bounds('1-2-5'), [
    [0, 20, 20],
    [20, 50, 30],
    [50, 100, 50],
  ]);
  assert.deepEqual(bounds('POWERSOF2'), [
    [0, 32, 32],
    [32, 64, 32],
    [64, 128, 36],
  ]);
});

test('every series rises, and its numbers lie around any number', () => {
  for (const series of GRANULARITIES) {
    for (const number of [0.00123, 0.5, 1, 1.03, 2, 9.2, 9.99, 10, 64, 12_345, 1e12]) {
      const [before, after] = [previousPreferred(series, number), nextPreferred(series, number)];
      assert.ok(before < number && number < after, `${series}: ${before} ${number} ${after}`);
      assert.ok(after / before <= 10, `${series}: ${before} ${after}`);
      assert.equal(nextPreferred(series, previousPreferred(series, after)), after, `${series} after ${number}`);
    }
    assert.equal(nextPreferred(series, 0), 0);
  }
});

test('what has no place among the numbers is refused', () => {
  for (const value of ['"x"', '-1', 'null', '{"$numberDouble":"NaN"}']) {
    const stages = parsePipelineText(
      `[{"$documents":[{"v":${value}}]},{"$bucketAuto":{"groupBy":"$v","buckets":2,"granularity":"R5"}}]`,
    );
    assert.throws(() => runInMemory(stages, new Map([['c', HUNDRED]])), { code: 'invalid_pipeline' }, value);
  }
  assert.throws(() => parsePipelineText('[{"$bucketAuto":{"groupBy":"$v","buckets":2,"granularity":"R50"}}]'), {
    message: /did you mean "R5"/,
  });
});
