import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { finished, runCli, spawnCli } from './run-cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'aerolith-bench-test-'));
after(() => rmSync(folder, { recursive: true, force: true }));

async function until(isTrue: () => boolean): Promise<void> {
  for (let tries = 0; !isTrue(); tries += 1) {
    if (tries > 600) throw new Error('It did not happen within a minute.');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Names in the folder of a benchmark that runs; none while there is none. */
function made(): string[] {
  return readdirSync(folder).flatMap((name) => readdirSync(join(folder, name)));
}

test('every work is measured, and nothing is left in the folder', async () => {
  const { code, stdout, stderr } = await runCli(['bench', '--json', '--seconds', '1', '--in', folder]);
  assert.deepEqual([code, stderr], [0, '']);
  const { works, fsyncMs, processors } = JSON.parse(stdout);
  assert.deepEqual(
    works.map(
      ({ work, callers }: { work: string; callers: number }) => `${work.replace(/[\d,]+ documents/, 'n documents')} x${callers}`,
    ),
    [
      'embedded: insert x1',
      'embedded: insert x32',
      'embedded: bulk load, 1,000 a batch x2',
      'embedded: get by id x1',
      'embedded: find by an index, n documents x1',
      'embedded: count, a scan of n documents x1',
      'HTTP: get by id x1',
      'HTTP: get by id x32',
      'HTTP: insert x1',
      'HTTP: insert x32',
    ],
  );
  for (const { operations, perSecond, p50Ms, p99Ms } of works) {
    assert.ok(operations > 0 && perSecond > 0 && p50Ms > 0 && p99Ms >= p50Ms);
  }
  assert.ok(fsyncMs > 0 && processors > 0);
  assert.deepEqual(readdirSync(folder), []);
});

for (const stage of ['embedded', 'http']) {
  test(`Ctrl-C ends it and takes its folder away, server and all: ${stage}`, async () => {
    const child = spawnCli(['bench', '--seconds', stage === 'http' ? '1' : '600', '--in', folder]);
    const ended = finished(child);
    await until(() => made().includes(stage) || child.exitCode !== null);
    child.kill('SIGINT');
    const { code, stdout, stderr } = await ended;
    assert.deepEqual([code, stdout], [130, ''], stderr);
    assert.match(stderr, /^error\[interrupted\]: Stopped\.\n$/);
    assert.deepEqual(readdirSync(folder), []);
  });
}

test('a folder that is not there, and no time at all, are refused', async () => {
  const none = await runCli(['bench', '--in', join(folder, 'none')]);
  assert.equal(none.code, 1);
  assert.match(none.stderr, /^error\[ENOENT\]: /);
  assert.equal((await runCli(['bench', '--seconds', '0'])).code, 2);
});
