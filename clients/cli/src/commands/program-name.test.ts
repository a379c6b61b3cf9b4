import assert from 'node:assert/strict';
import { test } from 'node:test';
import { programName } from './program-name.ts';

test('the program names itself as the user called it', () => {
  assert.equal(programName({}), 'aerolith');
  assert.equal(programName({ npm_lifecycle_event: 'start', npm_package_name: 'aerolithdb' }), 'npm run aerolith --');
  assert.equal(programName({ npm_lifecycle_event: 'npx' }), 'npx aerolith');
  assert.equal(programName({ npm_lifecycle_event: 'npx', npm_package_name: 'shop' }), 'npx aerolith');
  assert.equal(programName({ npm_lifecycle_event: 'database', npm_package_name: 'shop' }), 'npx aerolith');
});
