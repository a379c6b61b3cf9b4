import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { assertNode } from './node-version.ts';

test('an older Node.js is named', () => {
  for (const version of ['24.0.0', '30.1.2']) assertNode(version);
  const message = '@aerolithdb/client needs Node.js 24 or newer, and this is 20.20.2. Install it from https://nodejs.org.';
  assert.throws(() => assertNode('20.20.2'), { code: 'node_too_old', message });
});

test('the version is looked at before anything is loaded that an older one cannot read', () => {
  const [first] = readFileSync(new URL('default-fetch.ts', import.meta.url), 'utf8').match(/^import .*$/m) ?? [];
  assert.equal(first, "import './node-version.ts';");
});
