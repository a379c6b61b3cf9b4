import assert from 'node:assert/strict';
import { test } from 'node:test';
import { measure, quantile } from './measure.ts';

test('quantiles are values that were measured', () => {
  const hundred = Array.from({ length: 100 }, (_, n) => n + 1);
  assert.deepEqual([quantile(hundred, 0.5), quantile(hundred, 0.99), quantile([7], 0.99), quantile([], 0.5)], [50, 99, 7, 0]);
});

test('so many callers call at a time, each at least once, and each operation counts what it does', async () => {
  let [running, most] = [0, 0];
  const seen = new Set<number>();
  const operation = async (n: number) => {
    running += 1;
    most = Math.max(most, running);
    seen.add(n);
    await new Promise((resolve) => setImmediate(resolve));
    running -= 1;
  };
  const signal = new AbortController().signal;
  const { operations, callers } = await measure(operation, { callers: 4, ms: 0, each: 10, signal });
  assert.deepEqual({ most, callers, operations, seen: seen.size }, { most: 4, callers: 4, operations: 40, seen: 4 });
});

test('an operation that fails ends the measurement, and so does the user', async () => {
  const signal = new AbortController().signal;
  const load = { callers: 2, ms: 0, signal };
  await assert.rejects(
    measure(() => Promise.reject(new Error('no')), load),
    /no/,
  );
  const stopped = AbortSignal.abort();
  await assert.rejects(
    measure(async () => undefined, { ...load, signal: stopped }),
    { code: 'interrupted' },
  );
});
