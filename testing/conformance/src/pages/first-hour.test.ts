import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { cloneOfLinks } from './clone-of-links.ts';
import { emptyDesk } from './reader-desk.ts';
import { runPage } from './run-page.ts';

test('the first hour works as it is written, with the packed packages in an empty folder', { timeout: 175_000 }, async (t) => {
  const desk = await emptyDesk();
  t.after(desk.dispose);
  const clone = cloneOfLinks(join(desk.folder, 'aerolithdb'));
  const env = { ...desk.env, npm_config_prefer_offline: 'true', npm_config_audit: 'false', npm_config_fund: 'false' };
  const done = await runPage(readFileSync(join(clone, 'docs/guide/first-hour.md'), 'utf8'), { ...desk, env });
  assert.ok(done >= 10, `the page has ${done} blocks`);
});
