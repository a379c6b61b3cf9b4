import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkVectors } from './testing/check-vectors.ts';
import { readVectors } from './testing/read-vectors.ts';

test('the code does what contracts/vectors say', (t) => {
  const { checked, failures } = checkVectors(readVectors());
  t.diagnostic(`${checked} checks`);
  assert.deepEqual(failures, []);
  assert.ok(checked > 10_000, `only ${checked} checks`);
});

test('a changed vector is found', () => {
  const files = readVectors();
  const [first] = files.values.cases;
  const changed = { ...files, values: { cases: [{ ...first!, relaxed: 'true' }] } };
  assert.ok(checkVectors(changed).failures.length > 0);
  const swapped = { ...files, comparison: { ascending: [['2'], ['1']] } };
  assert.equal(checkVectors(swapped).failures.length, 4);
});
