import assert from 'node:assert/strict';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { CliNode } from './cli-node.ts';
import { runCli } from './run-cli.ts';

let node: CliNode;
before(async () => {
  node = await CliNode.start();
});
after(async () => {
  await node.stop();
  await node.removeFolder();
});

test('the first start tells everything and makes a token that only its owner can read', async () => {
  const { version, mode, durability, rest, docs, data, token } = node.block;
  assert.deepEqual({ version, mode, durability }, { version: '0.1.0', mode: 'single', durability: 'fsync' });
  assert.equal(rest, `${node.url}/v1`);
  assert.equal(docs, `${node.url}/docs`);
  assert.equal(data, join(node.folder, 'data'));
  assert.equal(await readFile(node.keyFile, 'utf8'), `${token}\n`);
  assert.equal((await stat(node.keyFile)).mode & 0o777, 0o600);
});

test('status answers with the token that the file holds, and not without one', async () => {
  const good = await node.run(['status']);
  assert.equal(good.code, 0, good.stderr);
  assert.equal(JSON.parse(good.stdout).mode, 'single');
  const bad = await runCli(['status', '--url', node.url], { cwd: node.folder });
  assert.equal(bad.code, 4);
  assert.match(bad.stderr, /^error\[unauthenticated\]: .*--token-file/);
});

test('a second node on the same folder or port ends with one sentence', async () => {
  const data = join(node.folder, 'data');
  const folder = await runCli(['start', '--data', data, '--http', '127.0.0.1:0']);
  assert.equal(folder.code, 1);
  assert.match(folder.stderr, /^error\[data_in_use\]: [^\n]+\n$/);
  const port = await runCli(['start', '--data', join(node.folder, 'other'), '--http', new URL(node.url).host]);
  assert.equal(port.code, 1);
  assert.match(port.stderr, /^error\[port_in_use\]: [^\n]+\n$/);
});

test('wrong options and foreign folders end with one sentence', async () => {
  const option = await runCli(['start', '--htp', '1']);
  assert.deepEqual(
    [option.code, option.stderr],
    [2, 'error[usage]: "aerolith start" has no option "--htp"; did you mean "--http"?\n'],
  );
  const value = await runCli(['start', '--http', 'nowhere:x']);
  assert.equal(value.code, 2);
  assert.match(value.stderr, /^error\[invalid_configuration\]: [^\n]+\n$/);
  await writeFile(join(node.folder, 'notes.txt'), 'mine');
  const foreign = await runCli(['start', '--json', '--data', node.folder, '--http', '127.0.0.1:0']);
  assert.equal(foreign.code, 1);
  assert.equal(JSON.parse(foreign.stderr).error.code, 'data_foreign');
});

test('Ctrl-C stops cleanly, and the next start has the documents and shows no token', async () => {
  await node.run(['collection', 'create', 'kept']);
  await node.run(['insert', 'kept', '{_id: 1}']);
  const { code, stderr } = await node.stop();
  assert.equal(code, 0);
  // The login that was refused above, and nothing else.
  assert.match(stderr, /^\{[^\n]+"level":"warn","event":"refused_login"[^\n]+\}\n$/);
  node = await CliNode.start(node.folder);
  assert.equal('token' in node.block, false);
  assert.equal((await node.run(['find', 'kept'])).stdout, '{"_id":1}\n');
});
