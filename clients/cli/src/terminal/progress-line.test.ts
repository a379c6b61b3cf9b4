import assert from 'node:assert/strict';
import { test } from 'node:test';
import { progressLine } from './progress-line.ts';

test('a known end gives a bar, a percentage, a rate and the rest time', () => {
  const line = progressLine({ label: 'cities', count: 50_000, part: 0.25, total: 200_000, elapsedMs: 10_000 }, 100);
  assert.equal(line, 'cities  ██████░░░░░░░░░░░░░░░░░░  25 %  50,000 of 200,000  5,000/s  0:30 left');
});

test('an unknown end gives count and rate', () => {
  assert.equal(progressLine({ label: 'stdin', count: 1234, part: undefined, elapsedMs: 2000 }, 80), 'stdin  1,234  617/s');
});

test('there is no rate before the first half second', () => {
  assert.equal(progressLine({ label: 'x', count: 0, part: 0, elapsedMs: 0 }, 80), `x  ${'░'.repeat(24)}  0 %  0`);
});

test('a narrow terminal loses the bar, then the end of the line', () => {
  const state = { label: 'cities', count: 50_000, part: 0.25, total: 200_000, elapsedMs: 10_000 };
  assert.equal(progressLine(state, 60), 'cities  25 %  50,000 of 200,000  5,000/s  0:30 left');
  assert.equal(progressLine(state, 20).length, 19);
});
