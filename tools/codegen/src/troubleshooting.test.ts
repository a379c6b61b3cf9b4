import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { test } from 'node:test';
import { ERRORS, type ErrorCode } from '@aerolithdb/protocol';
import { ERROR_ADVICE } from './error-advice/index.ts';
import { troubleshooting } from './troubleshooting.ts';

const CODES = Object.keys(ERRORS) as ErrorCode[];

test('every error has an entry that says what leads to it and what to do', () => {
  const page = troubleshooting().replaceAll('\n  ', ' ');
  assert.ok(CODES.length > 50);
  for (const code of CODES) {
    const { causes, remedy } = ERROR_ADVICE[code];
    for (const text of [causes, remedy]) assert.match(text, /^\S.{18,}[.]$/s, code);
    assert.ok(page.includes(`### ${code}\n\n${ERRORS[code].meaning}\n\n- Causes: ${causes}\n- What to do: ${remedy}\n`), code);
  }
});

test('no advice is for a code that does not exist, and no two are the same', () => {
  assert.deepEqual(Object.keys(ERROR_ADVICE).sort(), [...CODES].sort());
  assert.equal(new Set(Object.values(ERROR_ADVICE).map(({ remedy }) => remedy)).size, CODES.length);
});

test('the pages that it sends a reader to are there', () => {
  const links = [...troubleshooting().matchAll(/\]\(([^)#]+)(?:#[\w-]+)?\)/g)].map((match) => match[1]!);
  assert.ok(links.length > 10);
  for (const link of links) assert.ok(existsSync(new URL(`../../../docs/guide/${link}`, import.meta.url)), link);
});
