import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { FILE_NAME, FORMAT_VERSION, openWriter } from '@aerolithdb/storage';
import { formatAddress } from '../option-values.ts';
import type { NodeOptions } from '../options.ts';
import { readOptions } from '../read-options.ts';
import { startNode } from '../start-node.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { judgeSpace } from './disk-space.ts';
import { examineFolder } from './examine-folder.ts';
import { type Finding, worst } from './finding.ts';
import { RECENT_BLOCKS } from './ledger.ts';
import { judgeLogSize } from './log-size.ts';
import { checkMemory } from './memory.ts';
import { judgeSync } from './sync-speed.ts';
import { checkVersions } from './versions.ts';

const ANY_PORT = { host: '127.0.0.1', port: 0 } as const;
const OFF: Partial<NodeOptions> = { http: 'off' };
const DOCUMENTS = 500;

async function filledFolder(path: string): Promise<void> {
  await using node = await startNode({ data: path, http: 'off' });
  const { database, session } = node;
  await database.execute(session, { type: 'createCollection', collection: 'people', options: {} });
  const documents = Array.from(
    { length: DOCUMENTS },
    (_, n) => `{"_id":${n},"age":${n % 90},"tags":["a","b${n}"],"text":"${'x'.repeat(400)}"}`,
  );
  await database.execute(session, { type: 'insert', collection: 'people', documents });
  for (const field of ['age', 'tags']) {
    await database.execute(session, { type: 'createIndex', collection: 'people', index: { name: field, keys: [[field, 1]] } });
  }
}

async function examine(
  path: string,
  changes: Partial<NodeOptions> = OFF,
  now = Date.now,
  depth: 'usual' | 'full' = 'usual',
): Promise<Finding[]> {
  const options = { ...readOptions(), data: path, ...changes };
  const findings: Finding[] = [];
  const examination = { options, depth, now, onStep: async () => undefined };
  for await (const finding of examineFolder(examination)) findings.push(finding);
  return findings;
}

function of(findings: readonly Finding[], check: string): Finding {
  const found = findings.filter((finding) => finding.check === check);
  assert.equal(found.length, 1, `${check}: ${JSON.stringify(found)}`);
  return found[0]!;
}

/** What the machine that runs the test may rightly be found guilty of. */
const OF_MACHINE = new Set(['disk space', 'fsync speed', 'memory', 'versions']);

test('a healthy folder is found well, stopped and beside a running node, and is left as it was', async () => {
  using folder = temporaryFolder();
  await filledFolder(folder.path);
  const files = readdirSync(folder.path);
  const stopped = await examine(folder.path);
  assert.deepEqual(
    stopped.filter(({ check, severity }) => severity !== 'ok' && !OF_MACHINE.has(check)),
    [],
  );
  assert.match(of(stopped, 'data folder').found, /no node runs on it/);
  assert.deepEqual(
    readdirSync(folder.path).filter((name) => !/-(wal|shm)$/.test(name)),
    files.filter((name) => !/-(wal|shm)$/.test(name)),
  );
  await using node = await startNode({ data: folder.path, http: ANY_PORT });
  const http = { host: '127.0.0.1', port: Number(new URL(node.addresses.http!).port) };
  const looking = examine(folder.path, { http });
  const { receipt } = await node.database.execute(node.session, {
    type: 'insert',
    collection: 'people',
    documents: ['{"_id":"new"}'],
  });
  const running = await looking;
  assert.deepEqual(
    running.filter(({ check, severity }) => severity !== 'ok' && !OF_MACHINE.has(check)),
    [],
  );
  assert.match(of(running, 'data folder').found, new RegExp(`a node runs on it \\(process ${process.pid}\\)`));
  assert.equal(of(running, 'ports').found, `the node that runs on this folder answers on ${formatAddress(http)}`);
  assert.ok(receipt.height > 0);
  assert.ok(running.every(({ severity, todo }) => (severity === 'ok') === (todo === undefined)));
});

test('a flipped byte of a page is found by its checksum', async () => {
  using folder = temporaryFolder();
  await filledFolder(folder.path);
  const writer = openWriter(folder.path);
  writer.checkpoint();
  writer.close();
  const file = join(folder.path, FILE_NAME);
  const bytes = readFileSync(file);
  const middle = Math.floor(bytes.length / 2);
  bytes[middle] = bytes[middle]! ^ 1;
  writeFileSync(file, bytes);
  const finding = of(await examine(folder.path), 'file checksum');
  assert.equal(finding.severity, 'error');
  assert.match(finding.todo!, /backup/);
});

test('a file of which nothing can be read is named, and the rest is looked at all the same', async () => {
  using folder = temporaryFolder();
  await filledFolder(folder.path);
  for (const name of readdirSync(folder.path)) if (/-(wal|shm)$/.test(name)) rmSync(join(folder.path, name));
  const file = join(folder.path, FILE_NAME);
  const bytes = readFileSync(file);
  bytes[200] = bytes[200]! ^ 1;
  writeFileSync(file, bytes);
  const findings = await examine(folder.path);
  assert.equal(of(findings, 'data file').figures?.code, 'storage_corrupt');
  assert.equal(of(findings, 'permissions').severity, 'ok');
});

test('rows that are missing from an index, and rows too many, are found with the way to mend it', async () => {
  using folder = temporaryFolder();
  await filledFolder(folder.path);
  const writer = openWriter(folder.path);
  const tables = writer
    .prepare<string>("SELECT name FROM sqlite_schema WHERE name LIKE 'index_%' AND type = 'table' ORDER BY name", 'pluck')
    .all();
  assert.equal(tables.length, 2);
  writer.exec(`DELETE FROM ${tables[0]} WHERE rid % 100 = 7`);
  writer.exec(`INSERT INTO ${tables[1]}(key, rid) VALUES (x'00', 999999)`);
  writer.close();
  const found = (await examine(folder.path)).filter(({ check }) => check === 'index health');
  assert.deepEqual(
    found.map(({ severity, figures }) => [severity, figures?.index, figures?.missing, figures?.stale]),
    [
      ['error', 'age', 5, 0],
      ['error', 'tags', 0, 1],
    ],
  );
  assert.match(found[0]!.todo!, /aerolith index drop people age && aerolith index create people '\{"age":1\}' --name age$/);
});

test('a document that is in no table, though it is counted, is found', async () => {
  using folder = temporaryFolder();
  await filledFolder(folder.path);
  const writer = openWriter(folder.path);
  writer.exec('UPDATE counters SET documents = documents + 1');
  writer.close();
  const finding = of(await examine(folder.path), 'index health');
  assert.deepEqual([finding.severity, finding.figures?.counted, finding.figures?.documents], ['error', DOCUMENTS + 1, DOCUMENTS]);
});

test('a block that does not link is found, with the height to restore to; far below the head only when all are walked', async () => {
  using folder = temporaryFolder();
  await filledFolder(folder.path);
  {
    await using node = await startNode({ data: folder.path, http: 'off' });
    const insert = (n: number) =>
      node.database.execute(node.session, { type: 'insert', collection: 'people', documents: [`{"_id":"more${n}"}`] });
    for (let n = 0; n < RECENT_BLOCKS; n += 1) await insert(n);
  }
  assert.match(of(await examine(folder.path), 'ledger').found, /^the last 1000 of \d{4} blocks \(--full walks all\) link up/);
  const writer = openWriter(folder.path);
  writer.exec("UPDATE blocks SET hash = x'00' || substr(hash, 2) WHERE height = 2");
  writer.close();
  assert.equal(of(await examine(folder.path), 'ledger').severity, 'ok');
  const full = of(await examine(folder.path, OFF, Date.now, 'full'), 'ledger');
  assert.deepEqual([full.severity, full.figures?.height, full.figures?.fault], ['error', 2, 'hash']);
  assert.match(full.todo!, /aerolith restore BACKUP… --data NEW --height 1;/);
});

test('a clock behind the last block is a warning', async () => {
  using folder = temporaryFolder();
  await filledFolder(folder.path);
  const { severity, found } = of(await examine(folder.path, OFF, () => Date.now() - 60_000), 'clock');
  assert.equal(severity, 'warning');
  assert.match(found, /s before the last block/);
});

test('an admin key or a folder that others may read is named with the command that mends it', {
  skip: process.platform === 'win32' ? 'Windows has no modes' : false,
}, async () => {
  using folder = temporaryFolder();
  await filledFolder(folder.path);
  const key = join(folder.path, 'admin.key');
  chmodSync(key, 0o644);
  const finding = of(await examine(folder.path), 'permissions');
  assert.equal(finding.severity, 'error');
  assert.match(finding.found, /mode 0644/);
  assert.match(finding.todo!, new RegExp(`chmod 600 ${key}`));
  chmodSync(key, 0o600);
  chmodSync(folder.path, 0o755);
  assert.equal(of(await examine(folder.path), 'permissions').severity, 'warning');
  chmodSync(folder.path, 0o700);
  rmSync(key);
  assert.match(of(await examine(folder.path), 'permissions').found, /no admin\.key/);
});

test('a port that another program has is an error', async () => {
  using folder = temporaryFolder();
  await filledFolder(folder.path);
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  assert.ok(typeof address === 'object' && address !== null);
  const { severity, found } = of(await examine(folder.path, { http: { host: '127.0.0.1', port: address.port } }), 'ports');
  await new Promise((resolve) => server.close(resolve));
  assert.deepEqual([severity, found], ['error', `another program listens on 127.0.0.1:${address.port}`]);
  const open = of(await examine(folder.path, { http: { host: '0.0.0.0', port: 0 } }), 'ports');
  assert.match(open.found, /without TLS anyone could read along/);
});

test('a newer format and a folder without data are errors of their own', async () => {
  using folder = temporaryFolder();
  assert.match(of(await examine(join(folder.path, 'none')), 'data folder').found, /there is no folder/);
  await filledFolder(folder.path);
  const writer = openWriter(folder.path);
  writer.exec(`PRAGMA user_version=${FORMAT_VERSION + 1}`);
  writer.close();
  assert.equal(of(await examine(folder.path), 'data file').figures?.code, 'data_newer');
});

/** A file system of 2 MiB in memory; undefined where this process may not make one. */
function smallDisk(at: string): Disposable | undefined {
  mkdirSync(at);
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return undefined;
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', at]).status !== 0) return undefined;
  return { [Symbol.dispose]: () => execFileSync('umount', [at]) };
}

test('a disk that is full is an error, and that nothing can be measured there too', async (context) => {
  using folder = temporaryFolder();
  const at = join(folder.path, 'small');
  using disk = smallDisk(at);
  if (disk === undefined) return context.skip('needs root on Linux, to mount a small file system');
  await filledFolder(at);
  assert.match(of(await examine(at), 'fsync speed').found, /in memory/);
  assert.throws(() => writeFileSync(join(at, 'rest'), Buffer.alloc(4_000_000)), { code: 'ENOSPC' });
  const findings = await examine(at);
  assert.equal(of(findings, 'disk space').severity, 'error');
  assert.equal(of(findings, 'fsync speed').severity, 'error');
});

test('what a machine is found guilty of depends on what was measured', () => {
  const GIBIBYTE = 1024 ** 3;
  const space = (free: number, total: number) =>
    judgeSpace({ freeBytes: free * GIBIBYTE, totalBytes: total * GIBIBYTE }).severity;
  assert.deepEqual([space(50, 100), space(2, 100), space(0.5, 2), space(0.01, 2)], ['ok', 'warning', 'warning', 'error']);
  assert.deepEqual(
    [judgeSync(1, 'disk'), judgeSync(50, 'disk'), judgeSync(0.01, 'memory'), judgeSync(1, 'network')].map(
      ({ severity }) => severity,
    ),
    ['ok', 'warning', 'warning', 'warning'],
  );
  const memory = (free: number, isRunning: boolean) =>
    checkMemory(readOptions(), isRunning, { availableBytes: free * GIBIBYTE, totalBytes: 8 * GIBIBYTE }).severity;
  assert.deepEqual(
    [memory(2, false), memory(0.2, false), memory(0.2, true), memory(0.01, true)],
    ['ok', 'warning', 'ok', 'error'],
  );
  assert.equal(judgeLogSize({ walBytes: 2 * GIBIBYTE, fileBytes: GIBIBYTE }).severity, 'warning');
  assert.deepEqual([checkVersions(1, '24.1.0').severity, checkVersions(1, '22.1.0').severity], ['ok', 'warning']);
  assert.equal(worst([checkVersions(1, '22.1.0'), checkVersions(1, '24.1.0')]), 'warning');
});

test('a certificate that ends soon, and one that has ended, are named', {
  skip: spawnSync('openssl', ['version']).status === 0 ? false : 'needs the openssl command',
}, async () => {
  using folder = temporaryFolder();
  const data = join(folder.path, 'data');
  await filledFolder(data);
  const [tlsCert, tlsKey] = [join(folder.path, 'c.pem'), join(folder.path, 'k.pem')];
  const kind = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=x'];
  execFileSync('openssl', [...kind, '-keyout', tlsKey, '-out', tlsCert], { stdio: 'ignore' });
  const options = { http: ANY_PORT, tlsCert, tlsKey };
  assert.equal(of(await examine(data, options), 'certificate').severity, 'warning');
  assert.equal(of(await examine(data, options, () => Date.now() + 3 * 86_400_000), 'certificate').severity, 'error');
  assert.match(of(await examine(data, { http: ANY_PORT, tlsCert }), 'certificate').found, /needs both/);
});
