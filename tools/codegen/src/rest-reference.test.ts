import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { currentRestReference, REST_REFERENCE_FILE } from './rest-reference.ts';

test('docs/reference/rest.md is what the code declares', () => {
  const message = 'docs/reference/rest.md is out of date; run: node tools/codegen/src/rest-reference.ts';
  assert.equal(readFileSync(REST_REFERENCE_FILE, 'utf8'), currentRestReference(), message);
});
