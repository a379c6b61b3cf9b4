import assert from 'node:assert/strict';
import { test } from 'node:test';
import { configurationPage } from './configuration-page.ts';
import { OPTION_NAMES, OPTIONS } from './options.ts';

test('the page has a row of six cells for every option', () => {
  const rows = configurationPage()
    .split('\n')
    .filter((line) => line.startsWith('| `--'));
  assert.deepEqual(
    rows.map((row) => row.split(/[ `]+/)[1]),
    OPTION_NAMES.map((name) => OPTIONS[name].flag),
  );
  for (const row of rows) assert.equal(row.replaceAll('\\|', '').split('|').length, 8, row);
});
