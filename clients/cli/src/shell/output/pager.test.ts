import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { Pager } from './pager.ts';

const LONG = Array.from({ length: 40 }, (_, line) => `line ${line}`).join('\n');

test('what fits the terminal is not for the pager, nor is anything when it is off or there is no terminal', () => {
  const pager = new Pager({}, () => 24);
  assert.deepEqual([pager.takes('a\nb'), pager.takes(LONG)], [false, true]);
  pager.isOn = false;
  assert.equal(pager.takes(LONG), false);
  assert.equal(new Pager({}, () => undefined).takes(LONG), false);
  assert.equal(new Pager({ PAGER: '' }, () => 24).takes(LONG), false);
});

test('the program of the user gets the whole text, with the options of less', {
  skip: process.platform === 'win32',
}, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'aerolith-pager-'));
  const file = join(folder, 'shown');
  const env = { PATH: process.env.PATH, PAGER: 'none', AEROLITH_PAGER: `(echo "$LESS"; cat) > '${file}'` };
  assert.equal(await new Pager(env, () => 24).show(LONG), true);
  assert.equal(readFileSync(file, 'utf8'), `FRX\n${LONG}\n`);
  rmSync(folder, { recursive: true });
});

test('a pager that is left early ends nothing, and one that is not there is not asked again', {
  skip: process.platform === 'win32',
}, async () => {
  const { PATH } = process.env;
  assert.equal(await new Pager({ PATH, PAGER: 'true' }, () => 24).show(LONG.repeat(10_000)), true);
  const none = new Pager({ PATH, PAGER: 'aerolith-no-such-pager 2>&-' }, () => 24);
  assert.deepEqual([await none.show(LONG), none.takes(LONG)], [false, false]);
});
