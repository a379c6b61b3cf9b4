import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertNodeVersion } from './node-version.ts';

test('an older Node.js is refused with what to do', () => {
  assertNodeVersion('24.0.0');
  assertNodeVersion('30.1.2');
  assertNodeVersion();
  assert.throws(() => assertNodeVersion('20.20.2'), {
    code: 'node_too_old',
    message: /24 or newer.* 20\.20\.2.* npm install node@24/,
  });
});
