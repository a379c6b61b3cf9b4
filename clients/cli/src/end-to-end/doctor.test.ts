import assert from 'node:assert/strict';
import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { CliNode } from './cli-node.ts';
import { runCli } from './run-cli.ts';

type Found = {
  readonly check: string;
  readonly severity: 'ok' | 'warning' | 'error';
  readonly found: string;
  readonly todo?: string;
};

let node: CliNode;
before(async () => {
  node = await CliNode.start();
  await node.run(['collection', 'create', 'kept']);
  await node.run(['index', 'create', 'kept', '{age: 1}']);
  await node.run(['insert', 'kept', '{_id: 1, age: 5}']);
});
after(async () => {
  await node.stop();
  await node.removeFolder();
});

const EXITS = { ok: 0, warning: 1, error: 2 } as const;

function worstExit(findings: readonly Found[]): number {
  return Math.max(...findings.map(({ severity }) => EXITS[severity]));
}

async function doctor(args: readonly string[]): Promise<{ code: number | null; findings: Found[] }> {
  const { code, stdout, stderr } = await runCli(['doctor', ...args]);
  assert.equal(stderr, '');
  return {
    code,
    findings: stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line)),
  };
}

test('every check of a running node is one line, and the worst of them is the exit code', async () => {
  const { code, findings } = await doctor(['--data', join(node.folder, 'data'), '--http', new URL(node.url).host]);
  const checks = ['data folder', 'versions', 'clock', 'write-ahead log', 'file checksum', 'index health', 'ledger'];
  const around = ['disk space', 'fsync speed', 'permissions', 'ports', 'memory', 'slow queries'];
  assert.deepEqual(
    findings.map(({ check }) => check),
    [...checks, ...around],
  );
  assert.equal(code, worstExit(findings));
  assert.match(findings.find(({ check }) => check === 'index health')?.found ?? '', /collections: 1, indexes: 1/);
  assert.match(findings.find(({ check }) => check === 'ports')?.found ?? '', /the node that runs on this folder answers/);
});

test('a fault is named with what to do, and the exit code is 2', { skip: process.platform === 'win32' }, async () => {
  await chmod(node.keyFile, 0o644);
  const { code, findings } = await doctor(['--quick', '--data', join(node.folder, 'data'), '--http', 'off']);
  await chmod(node.keyFile, 0o600);
  assert.equal(code, 2);
  const [fault] = findings.filter(({ severity }) => severity === 'error');
  assert.match(fault?.todo ?? '', /^chmod 600 /);
  assert.ok(!findings.some(({ check }) => check === 'file checksum'));
});

test('a folder that is not there, and options that are wrong', async () => {
  const { code, findings } = await doctor(['--data', join(node.folder, 'none'), '--http', 'off']);
  assert.deepEqual([code, findings[0]?.check, findings[0]?.severity], [2, 'data folder', 'error']);
  const wrong = await runCli(['doctor', '--http', 'nowhere:x']);
  assert.equal(wrong.code, 2);
  assert.match(wrong.stderr, /^error\[invalid_configuration\]: [^\n]+\n$/);
  const depths = await runCli(['doctor', '--quick', '--full']);
  assert.deepEqual([depths.code, depths.stderr], [2, 'error[usage]: Give --quick or --full, not both.\n']);
  const both = await runCli(['doctor', node.url, '--data', node.folder]);
  assert.match(both.stderr, /^error\[usage\]: Give a folder with --data or the address of a server/);
});

test('a server is looked at over HTTP; one that is not there, and a token that is wrong, are errors', async () => {
  const { code, findings } = await doctor([node.url, '--token-file', node.keyFile]);
  assert.deepEqual(
    findings.map(({ check }) => check),
    ['answer', 'ready', 'versions', 'clock', 'write-ahead log', 'slow queries'],
  );
  assert.equal(code, worstExit(findings));
  const none = await doctor(['http://127.0.0.1:9']);
  assert.deepEqual([none.code, none.findings.map(({ check }) => check)], [2, ['answer']]);
  const guess = await runCli(['doctor', node.url], { env: { AEROLITH_TOKEN: 'guess' } });
  assert.equal(guess.code, 2);
  assert.match(guess.stdout, /"check":"token","severity":"error"/);
});
