import assert from 'node:assert/strict';
import { readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { CliNode } from './cli-node.ts';
import { runCli } from './run-cli.ts';

test('a lost admin key is made anew on a stopped node, and the old one is refused', async () => {
  const first = await CliNode.start();
  const { folder, keyFile } = first;
  const data = join(folder, 'data');
  const lost = readFileSync(keyFile, 'utf8').trim();
  await first.run(['collection', 'create', 'kept']);
  const whileRunning = await runCli(['key', 'reset', '--data', data]);
  assert.match(`${whileRunning.code} ${whileRunning.stderr}`, /^1 error\[data_in_use\]: Process \d+ uses the data folder/);
  await first.stop();
  rmSync(keyFile);

  const reset = await runCli(['key', 'reset', '--data', data]);
  assert.deepEqual([reset.code, JSON.parse(reset.stdout), reset.stderr], [0, { adminKeyFile: keyFile }, '']);
  const made = readFileSync(keyFile, 'utf8').trim();
  assert.notEqual(made, lost);
  if (process.platform !== 'win32') assert.equal(statSync(keyFile).mode & 0o777, 0o600);

  const second = await CliNode.start(folder);
  try {
    assert.equal((await second.run(['count', 'kept'])).stdout, '0\n');
    const old = await runCli(['count', 'kept', '--url', second.url], { env: { AEROLITH_TOKEN: lost } });
    assert.match(`${old.code} ${old.stderr}`, /^4 error\[unauthenticated\]/);
  } finally {
    await second.stop();
    await second.removeFolder();
  }
});

test('a folder without a database is not made', async () => {
  const none = await runCli(['key', 'reset', '--data', join(import.meta.dirname, 'none')]);
  assert.match(`${none.code} ${none.stderr}`, /^2 error\[invalid_configuration\]: .* holds no database/);
});
