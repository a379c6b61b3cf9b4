import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { historyPath, NOT_KEPT, prepareHistory, withoutSecrets } from './history-file.ts';

test('the file is in the folder for settings, and only its owner may read it', {
  skip: process.platform === 'win32',
}, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'aerolith-history-'));
  try {
    const path = historyPath({ XDG_CONFIG_HOME: join(folder, 'config') });
    assert.equal(path, join(folder, 'config', 'aerolith', 'shell-history'));
    assert.equal(await prepareHistory(path), undefined);
    writeFileSync(path, 'db.a.find()\n', { mode: 0o644 });
    assert.equal(await prepareHistory(path), undefined);
    assert.equal(statSync(path).mode & 0o777, 0o600);
    assert.equal(statSync(join(folder, 'config', 'aerolith')).mode & 0o777, 0o700);
    assert.match((await prepareHistory(join(path, 'below', 'file'))) ?? '', /^What you type is not kept: .*\(ENOTDIR\)\.$/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('where it is without a setting', () => {
  assert.equal(historyPath({ HOME: '/home/ada' }, 'linux'), join('/home/ada', '.config', 'aerolith', 'shell-history'));
  assert.equal(historyPath({ APPDATA: '/data', XDG_CONFIG_HOME: '/x' }, 'win32'), join('/data', 'aerolith', 'shell-history'));
});

test('lines that may hold a secret are not kept', () => {
  const history = [
    "const password = 'x'",
    'db.cities.find()',
    "headers.Authorization = 'Bearer x'",
    "t = 'aero_abc'",
    'db.passes.find()',
  ];
  withoutSecrets(history);
  assert.deepEqual(history, [NOT_KEPT, 'db.cities.find()', NOT_KEPT, NOT_KEPT, 'db.passes.find()']);
});
