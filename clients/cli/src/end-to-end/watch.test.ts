import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { CliNode } from './cli-node.ts';
import { CuttingProxy } from './cutting-proxy.ts';
import { finished } from './run-cli.ts';

let node: CliNode;
before(async () => {
  node = await CliNode.start();
});
after(async () => {
  await node.stop();
  await node.removeFolder();
});

async function insert(from: number, count: number): Promise<void> {
  const input = Array.from({ length: count }, (_, index) => `{"_id":${from + index}}`).join('\n');
  const { code, stderr } = await node.run(['insert', 'events'], { input });
  assert.equal(code, 0, stderr);
}

function idsOf(lines: string): unknown[] {
  return lines
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line).id);
}

test('the past is shown from a position, in order', async () => {
  await node.run(['collection', 'create', 'events']);
  await insert(1, 3);
  const all = await node.run(['watch', 'events', '--since', '0', '--limit', '4']);
  assert.equal(all.code, 0, all.stderr);
  const changes = all.stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  assert.deepEqual(
    changes.map(({ kind }) => kind),
    ['createCollection', 'insert', 'insert', 'insert'],
  );
  assert.deepEqual(
    changes.map(({ document }) => document),
    [undefined, { _id: 1 }, { _id: 2 }, { _id: 3 }],
  );
  const later = await node.run(['watch', 'events', '--since', String(changes[2].position), '--limit', '1']);
  assert.deepEqual(idsOf(later.stdout), [3]);
});

test('a connection that breaks is made anew, without gap or repeat', async () => {
  const proxy = await CuttingProxy.start(node.url);
  try {
    const since = JSON.parse(
      (await node.run(['watch', 'events', '--since', '0', '--limit', '4'])).stdout.trim().split('\n')[3] ?? '',
    ).position;
    const running = node.spawn(['watch', 'events', '--since', String(since), '--limit', '30'], { AEROLITH_URL: proxy.url });
    const all = finished(running);
    const begun = new Promise((resolve) => running.stdout?.once('data', resolve));
    await insert(4, 10);
    await begun;
    proxy.cutAll();
    await insert(14, 10);
    proxy.cutAll();
    await insert(24, 10);
    const { code, stdout, stderr } = await all;
    assert.equal(code, 0, stderr);
    assert.match(stderr, /Connection lost/);
    assert.deepEqual(
      idsOf(stdout),
      Array.from({ length: 30 }, (_, index) => index + 4),
    );
  } finally {
    await proxy.close();
  }
});

test('Ctrl-C ends it, and what the server refuses is an error', async () => {
  const running = node.spawn(['watch', 'events', '--since', '0']);
  const all = finished(running);
  await new Promise((resolve) => running.stdout?.once('data', resolve));
  running.kill('SIGINT');
  assert.equal((await all).code, 0);
  const unknown = await node.run(['watch', 'nothing']);
  assert.deepEqual([unknown.code, /error\[(\w+)\]/.exec(unknown.stderr)?.[1]], [4, 'unknown_collection']);
});
