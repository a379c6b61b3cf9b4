import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { nodeTooOld } from './node-version.ts';

test('an older Node.js is named with what to do', () => {
  for (const version of ['24.0.0', '30.1.2', undefined]) assert.equal(nodeTooOld(version), undefined);
  const error = nodeTooOld('20.20.2');
  assert.equal(error?.code, 'node_too_old');
  assert.match(error?.message ?? '', /24 or newer.* 20\.20\.2.* npm install node@24/);
});

test('the program imports nothing before the version is known but what every Node.js reads', () => {
  const main = readFileSync(new URL('../main.ts', import.meta.url), 'utf8');
  const modules = [...main.matchAll(/^import .* from '(.*)';$/gm)].map((match) => match[1]);
  assert.deepEqual(modules, ['node:module', 'node:os', 'node:path', './program/cli-error.ts', './program/node-version.ts']);
  const own = readFileSync(new URL('cli-error.ts', import.meta.url), 'utf8');
  assert.deepEqual(
    [...own.matchAll(/ from '(.*)';$/gm)].map((match) => match[1]),
    ['@aerolithdb/protocol'],
  );
});
