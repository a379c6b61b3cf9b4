import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { ACCUMULATOR_NAMES, STAGE_NAMES, WINDOW_FUNCTIONS } from '@aerolithdb/query';
import { GUIDE } from './test-pages.ts';

test('the page on aggregation names every stage, accumulator and window function', () => {
  const page = readFileSync(join(GUIDE, 'aggregation.md'), 'utf8');
  const names = [...STAGE_NAMES, ...ACCUMULATOR_NAMES, ...WINDOW_FUNCTIONS];
  assert.deepEqual(
    names.filter((name) => !page.includes(`\`${name}\``)),
    [],
  );
});
