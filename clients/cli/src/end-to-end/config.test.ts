import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { finished, runCli, spawnCli } from './run-cli.ts';

const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url));
const NO_HANGUP = process.platform === 'win32' ? 'Windows has no SIGHUP that asks for a reload' : false;

const folder = mkdtempSync(join(tmpdir(), 'aerolith-config-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const file = join(folder, 'aerolith.yaml');

test('config print says where each value came from', async () => {
  writeFileSync(file, '# mine\nreaders: 2\nhttp: off\n');
  const args = ['config', 'print', '--config', 'aerolith.yaml', '--data', 'here'];
  const { stdout, stderr, code } = await runCli(args, { cwd: folder, env: { AEROLITH_HTTP: '127.0.0.1:9' } });
  assert.deepEqual([code, stderr], [0, '']);
  const { data, readers, http, tlsKey, waitingReads } = JSON.parse(stdout);
  assert.deepEqual(data, { value: 'here', from: '--data', reloadable: false });
  assert.deepEqual(readers, { value: 2, from: 'aerolith.yaml:2', reloadable: true });
  assert.deepEqual(http, { value: '127.0.0.1:9', from: 'AEROLITH_HTTP', reloadable: false });
  assert.deepEqual(tlsKey, { value: null, from: 'default', reloadable: true });
  assert.deepEqual(waitingReads, { value: 10_000, from: 'default', reloadable: true });
});

test('a key that is wrong is named with its line and the nearest one', async () => {
  writeFileSync(file, 'readers: 2\nreadTimeoutMS: 5\n');
  const { stderr, code } = await runCli(['config', 'print', '--config', 'aerolith.yaml'], { cwd: folder });
  assert.equal(code, 2);
  assert.equal(
    stderr,
    'error[invalid_configuration]: There is no option "readTimeoutMS" in aerolith.yaml:2. Did you mean readTimeoutMs?\n',
  );
});

test('SIGHUP reloads what can be, names what cannot, and keeps the running values when the file is wrong', {
  skip: NO_HANGUP,
}, async () => {
  writeFileSync(file, 'http: 127.0.0.1:0\nreadTimeoutMs: 5000\n');
  const child = spawnCli(['start', '--json', '--config', file, '--data', join(folder, 'data')]);
  const ended = finished(child);
  const errors = createInterface(child.stderr!)[Symbol.asyncIterator]();
  const [line] = await once(createInterface(child.stdout!), 'line');
  const { http } = JSON.parse(String(line));
  const reload = async (content: string) => {
    writeFileSync(file, content);
    child.kill('SIGHUP');
    return JSON.parse(String((await errors.next()).value)).reload;
  };
  const good = await reload('http: 127.0.0.1:1\nreadTimeoutMs: 6000\n');
  assert.deepEqual(good, { taken: ['readTimeoutMs'], needRestart: ['http'] });
  const bad = await reload('readTimeoutMs: soon\n');
  assert.equal(bad.error.code, 'invalid_configuration');
  assert.match(bad.error.message, /readTimeoutMs in .*aerolith\.yaml:1 is "soon"/);
  const same = await reload('http: 127.0.0.1:0\nreadTimeoutMs: 6000\n');
  assert.deepEqual(same, { taken: [], needRestart: [] });
  assert.equal((await fetch(`${http}/health`)).status, 200);
  child.kill('SIGTERM');
  assert.equal((await ended).code, 0);
});

const hasTmux = spawnSync('tmux', ['-V']).status === 0;

test('a node whose terminal is closed stops cleanly', {
  skip: NO_HANGUP || (hasTmux ? false : 'needs tmux'),
}, async () => {
  const data = join(folder, 'terminal');
  const socket = join(folder, 'tmux');
  const told = join(folder, 'told');
  const command = `"${process.execPath}" "${MAIN}" start --http off --data "${data}" 2>"${told}"`;
  execFileSync('tmux', ['-S', socket, '-f', '/dev/null', 'new-session', '-d', `exec ${command}`]);
  await until(() => screen(socket).includes('is ready'));
  execFileSync('tmux', ['-S', socket, 'kill-server']);
  await until(() => readFileSync(told, 'utf8').endsWith('Stopped.\n'));
});

function screen(socket: string): string {
  return execFileSync('tmux', ['-S', socket, 'capture-pane', '-p', '-J'], { encoding: 'utf8' });
}

async function until(isTrue: () => boolean): Promise<void> {
  for (let tries = 0; !isTrue(); tries += 1) {
    if (tries > 600) throw new Error('It did not happen within a minute.');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
