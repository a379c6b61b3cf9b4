import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { CliNode } from './cli-node.ts';
import { type CliRun, finished, runCli, spawnCli } from './run-cli.ts';

let node: CliNode;
let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aerolith-cli-backup-'));
  node = await CliNode.start();
  await ok('sample', 'load', 'cities', '--limit', '2500');
  await ok('index', 'create', 'cities', '{population: -1}');
});
after(async () => {
  await node.stop();
  await node.removeFolder();
  await rm(folder, { recursive: true, force: true });
});

async function ok(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await node.run(args, { cwd: folder });
  assert.equal(code, 0, stderr);
  return stdout;
}

/** A command that talks to no server. */
async function local(...args: string[]): Promise<CliRun> {
  return await runCli(args, { cwd: folder });
}

async function restored(...args: string[]): Promise<Record<string, unknown>> {
  const { code, stdout, stderr } = await local('restore', '--json', ...args);
  assert.equal(code, 0, stderr);
  return JSON.parse(stdout);
}

async function head(): Promise<unknown> {
  const { height, hash, time } = JSON.parse(await ok('status', '--json'));
  return { height, hash, time };
}

async function refused({ code, stderr }: CliRun): Promise<string> {
  assert.notEqual(code, 0);
  return /^error\[(\w+)\]: (.*)$/m.exec(stderr)?.[1] ?? stderr;
}

test('a full backup and an increment come back as the states they were', async () => {
  const first = await head();
  const full = JSON.parse(await ok('backup', 'monday.backup', '--json'));
  assert.deepEqual([full.file, full.kind, full.head, full.documents], ['monday.backup', 'full', first, 2500]);
  assert.equal((await stat(join(folder, 'monday.backup'))).size, full.bytes);
  assert.equal((await stat(join(folder, 'monday.backup'))).mode & 0o777, 0o600);
  await ok('delete', 'cities', '{country: "AD"}', '--many');
  const more = JSON.parse(await ok('backup', 'tuesday.backup', '--since-file', 'monday.backup', '--json'));
  assert.deepEqual([more.kind, more.since.height, more.head], ['increment', full.head.height, await head()]);
  const monday = await restored('monday.backup', '--data', 'monday/data');
  const tuesday = await restored('monday.backup', 'tuesday.backup', '--data', 'tuesday/data', '--admin-key', node.keyFile);
  assert.deepEqual([monday.head, tuesday.head], [first, more.head]);
  const copy = await CliNode.start(join(folder, 'tuesday'));
  try {
    for (const args of [
      ['status', '--json'],
      ['export', 'cities', '--sort', '{_id: 1}'],
      ['export', 'cities', '--at', '3', '--sort', '{_id: 1}'],
    ]) {
      const [theirs, ours] = [await copy.run(args), await node.run(args)];
      const same =
        args[0] === 'status' ? [theirs, ours].map(({ stdout }) => JSON.parse(stdout).hash) : [theirs.stdout, ours.stdout];
      assert.equal(same[0], same[1], args.join(' '));
    }
    assert.match((await copy.run(['explain', 'cities', '{population: {$gt: 1000000}}', '--json'])).stdout, /population_-1/);
  } finally {
    await copy.stop();
  }
});

test('a backup has a name of its own when none is given, and writes over nothing', async () => {
  await ok('backup');
  const { height } = (await head()) as { height: number };
  assert.ok(existsSync(join(folder, `aerolith-${height}.backup`)));
  const again = await node.run(['backup', `aerolith-${height}.backup`], { cwd: folder });
  assert.equal(await refused(again), 'data_exists');
  assert.equal(await refused(await node.run(['backup'], { cwd: folder })), 'data_exists');
  assert.deepEqual(
    (await readdir(folder)).filter((name) => name.endsWith('.part')),
    [],
  );
});

test('through pipes: standard output into standard input', async () => {
  const writing = node.spawn(['backup', '-']);
  const reading = spawnCli(['restore', '-', '--data', 'piped', '--json'], { cwd: folder });
  writing.stdout!.pipe(reading.stdin!);
  const [wrote, read] = await Promise.all([finishedError(writing), finished(reading)]);
  assert.deepEqual([wrote, read.code], [0, 0], read.stderr);
  assert.deepEqual(JSON.parse(read.stdout).head, await head());
  assert.deepEqual(await readdir(join(folder, 'piped')), ['aerolith.db']);
});

/** The exit code of a program whose output another one reads. */
function finishedError(child: ReturnType<typeof spawnCli>): Promise<number | null> {
  return new Promise((resolve) => child.on('close', resolve));
}

test('what is wrong is said: which part, which byte, which file', async () => {
  await ok('backup', 'good.backup');
  const bytes = await readFile(join(folder, 'good.backup'));
  bytes[bytes.length >> 1]! ^= 1;
  await writeFile(join(folder, 'bad.backup'), bytes);
  const damaged = await local('restore', 'bad.backup', '--data', 'nothing', '--json');
  const { error } = JSON.parse(damaged.stderr);
  assert.deepEqual([damaged.code, error.code, error.file], [1, 'backup_damaged', 'bad.backup']);
  assert.match(error.message, /^bad\.backup is damaged: part \d+ \(at byte \d+\) does not match its checksum\./);
  assert.ok(error.offset < bytes.length >> 1);
  assert.equal(await refused(await local('restore', 'good.backup', 'good.backup', '--data', 'nothing')), 'backup_mismatch');
  assert.equal(await refused(await local('restore', 'good.backup', '--data', 'nothing', '--height', '999')), 'invalid_position');
  assert.equal(await refused(await local('restore', 'good.backup', '--data', 'nothing', '--time', 'noon')), 'usage');
  assert.equal(await refused(await local('restore', 'good.backup')), 'usage');
  assert.equal(await refused(await local('restore', 'none.backup', '--data', 'nothing')), 'ENOENT');
  assert.equal(await refused(await local('restore', 'good.backup', '--data', '.')), 'data_exists');
  assert.equal(await refused(await node.run(['backup', 'x.backup', '--since', '99999'], { cwd: folder })), 'invalid_position');
  assert.ok(!(await readdir(folder)).some((name) => name.startsWith('nothing') || name.startsWith('x.backup')));
});

test('an increment of another database is refused before it is written', async () => {
  const other = await CliNode.start();
  try {
    const made = await other.run(['backup', 'other.backup'], { cwd: folder });
    assert.equal(made.code, 0, made.stderr);
    const run = await node.run(['backup', 'mixed.backup', '--since-file', 'other.backup'], { cwd: folder });
    assert.equal(await refused(run), 'backup_mismatch');
    assert.ok(!(await readdir(folder)).some((name) => name.startsWith('mixed')));
  } finally {
    await other.stop();
    await other.removeFolder();
  }
});

/** A server that sends the first half of a backup and then nothing more; `cut` breaks the connection. */
async function halfServer(bytes: Buffer) {
  const server = createServer((_request, response) => response.write(bytes.subarray(0, bytes.length >> 1)));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const cut = () => server.closeAllConnections();
  const close = () => {
    cut();
    server.close();
  };
  return { url: `http://127.0.0.1:${port}`, cut, close };
}

test('Ctrl-C and a connection that breaks leave no file', async () => {
  await ok('backup', 'half.backup');
  const server = await halfServer(await readFile(join(folder, 'half.backup')));
  const begun = async (name: string) => {
    const running = node.spawn(['backup', join(folder, name)], { AEROLITH_URL: server.url });
    const ended = finished(running);
    while (!existsSync(join(folder, `${name}.part`))) await new Promise((resolve) => setTimeout(resolve, 5));
    return { running, ended };
  };
  try {
    const stopped = await begun('stopped.backup');
    stopped.running.kill('SIGINT');
    assert.equal((await stopped.ended).code, 130);
    const broken = await begun('broken.backup');
    server.cut();
    const { code, stderr } = await broken.ended;
    assert.deepEqual(
      [code, /error\[\w+\].*/.exec(stderr)?.[0].startsWith('error[unreachable]: The connection')],
      [3, true],
      stderr,
    );
  } finally {
    server.close();
  }
  assert.deepEqual(
    (await readdir(folder)).filter((name) => /^(stopped|broken)/.test(name)),
    [],
  );
});

test('only an admin makes a backup', async () => {
  const made = JSON.parse(await ok('token', 'create', 'loader', '--grant', '*:owner', '--json'));
  const run = await node.run(['backup', '-'], { env: { AEROLITH_TOKEN: made.token, AEROLITH_TOKEN_FILE: '' } });
  assert.equal(await refused(run), 'forbidden');
});

test('a folder that no node uses is backed up without a server', async () => {
  const other = await CliNode.start();
  const data = join(other.folder, 'data');
  try {
    assert.equal((await other.run(['collection', 'create', 'c'])).code, 0);
    assert.equal(await refused(await local('backup', '--data', data, 'busy.backup')), 'data_in_use');
    await other.stop();
    const run = await local('backup', '--data', data, 'closed.backup', '--json');
    assert.equal(run.code, 0, run.stderr);
    assert.deepEqual((await restored('closed.backup', '--data', 'closed')).head, JSON.parse(run.stdout).head);
    assert.equal(await refused(await local('backup', '--data', join(other.folder, 'none'), 'none.backup')), 'data_foreign');
  } finally {
    await other.removeFolder();
  }
});

test('a data file that is damaged is found by a backup, which then is none', async () => {
  const other = await CliNode.start();
  const data = join(other.folder, 'data');
  assert.equal((await other.run(['sample', 'load', 'cities', '--limit', '2000'])).code, 0);
  await other.stop();
  const bytes = await readFile(join(data, 'aerolith.db'));
  bytes[bytes.length >> 1]! ^= 1;
  await writeFile(join(data, 'aerolith.db'), bytes);
  assert.equal(await refused(await local('backup', '--data', data, 'damaged.backup')), 'storage_corrupt');
  const again = await CliNode.start(other.folder);
  try {
    assert.equal(await refused(await again.run(['backup', 'damaged.backup'], { cwd: folder })), 'storage_corrupt');
  } finally {
    await again.stop();
    await again.removeFolder();
  }
  assert.ok(!(await readdir(folder)).some((name) => name.startsWith('damaged')));
});
