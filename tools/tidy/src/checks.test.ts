import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { checkBans } from './bans.ts';
import { checkBoundaries } from './boundaries.ts';
import { checkDeadFiles } from './dead-files.ts';
import type { Outcome } from './finding.ts';
import { checkNames } from './names.ts';
import { type Project, projectOf } from './project.ts';
import { report } from './report.ts';
import { checkSizes, RATCHET_FILE } from './sizes.ts';
import { checkWords } from './words.ts';

type Texts = Record<string, string>;

/** What is found in a small project, as `file:line message`. */
function found(check: (project: Project) => Outcome, texts: Texts): string[] {
  return check(projectOf(texts)).findings.map(({ file, line, message }) => `${file}:${line} ${message}`);
}

/** The package.json of a package whose entry is `src/index.ts`. */
function manifest(name: string, dependencies: Texts = {}): string {
  return JSON.stringify({ name, exports: { '.': './src/index.ts' }, dependencies });
}

/** One bad file each, in a project that is in order otherwise: the check finds it, and nothing when it is good. */
function table(
  check: (project: Project) => Outcome,
  base: Texts,
  rows: readonly [name: string, file: string, text: string, expected: RegExp | undefined][],
) {
  for (const [name, file, text, expected] of rows) {
    test(name, () => {
      const findings = found(check, { ...base, [file]: text });
      if (expected === undefined) assert.deepEqual(findings, []);
      else assert.match(findings.join('\n'), expected);
    });
  }
}

describe('boundaries', () => {
  const base = {
    'package.json': JSON.stringify({ devDependencies: { 'fast-check': '1' } }),
    'core/protocol/package.json': manifest('@aerolithdb/protocol', { '@noble/hashes': '1' }),
    'core/query/package.json': manifest('@aerolithdb/query'),
    'core/engine/package.json': manifest('@aerolithdb/engine'),
    'cluster/log/package.json': manifest('@aerolithdb/log'),
    'server/node/package.json': manifest('@aerolithdb/node'),
    'testing/crash/package.json': manifest('@aerolithdb/crash'),
    'clients/cli/package.json': manifest('@aerolithdb/cli', { commander: '1' }),
    'clients/new/package.json': manifest('@aerolithdb/new'),
  };
  const may = undefined;
  table(checkBoundaries, base, [
    ['query may import protocol', 'core/query/src/index.ts', "import { x } from '@aerolithdb/protocol';", may],
    [
      'protocol may not import query',
      'core/protocol/src/index.ts',
      "import { x } from '@aerolithdb/query';",
      /index\.ts:1 core\/protocol may not import '@aerolithdb\/query' \(it may import nothing of ours\)/,
    ],
    [
      'a type counts as well',
      'cluster/log/src/index.ts',
      "import type { X } from '@aerolithdb/engine';",
      /cluster\/ may not import/,
    ],
    ['so does an export', 'cluster/log/src/index.ts', "export * from '@aerolithdb/engine';", /cluster\/ may not import/],
    ['so does import()', 'cluster/log/src/index.ts', "const x = import('@aerolithdb/engine');", /cluster\/ may not import/],
    [
      'so does a type by import()',
      'cluster/log/src/index.ts',
      "type X = import('@aerolithdb/engine').X;",
      /cluster\/ may not import/,
    ],
    ['tests are bound too', 'cluster/log/src/a.test.ts', "import { x } from '@aerolithdb/engine';", /cluster\/ may not import/],
    [
      'only start of the CLI may import the node',
      'clients/cli/src/index.ts',
      "import '@aerolithdb/node';",
      /clients\/cli may not import/,
    ],
    ['start of the CLI may', 'clients/cli/src/commands/start.ts', "import '@aerolithdb/node';", may],
    ['no Node in query', 'core/query/src/index.ts', "import fs from 'fs';", /runs in browsers and may not import 'fs'/],
    ['Node in a test of query', 'core/query/src/a.test.ts', "import fs from 'node:fs';", may],
    [
      'a relative import leaves the package',
      'core/query/src/index.ts',
      "import '../../protocol/src/index.ts';",
      /leaves the package/,
    ],
    [
      'a program of another package by URL, from tests of all',
      'testing/crash/src/index.ts',
      "new URL('../../../clients/cli/src/main.ts', import.meta.url);",
      may,
    ],
    [
      'the same from elsewhere',
      'server/node/src/index.ts',
      "new URL('../../../clients/cli/src/main.ts', import.meta.url);",
      /leaves the package/,
    ],
    ['nothing imports testing', 'server/node/src/index.ts', "import '@aerolithdb/crash';", /nothing may import testing\/crash/],
    [
      'a dependency that is not declared',
      'core/query/src/index.ts',
      "import 'commander';",
      /'commander' is not among the dependencies of core\/query/,
    ],
    ['a subpath of one that is', 'core/protocol/src/index.ts', "import '@noble/hashes/sha2.js';", may],
    [
      'a development dependency in what is published',
      'core/query/src/index.ts',
      "import 'fast-check';",
      /'fast-check' is not among/,
    ],
    ['a development dependency in a test', 'core/query/src/a.test.ts', "import 'fast-check';", may],
    ['a package without a row', 'clients/new/src/index.ts', "import '@aerolithdb/node';", /clients\/ may not import/],
    ['a package imports itself by name', 'core/query/src/index.ts', "import '@aerolithdb/query';", /by relative path/],
    ['no such package', 'core/query/src/index.ts', "import '@aerolithdb/nothing';", /is no package of this project/],
  ]);
});

describe('bans', () => {
  const base = { 'core/engine/package.json': manifest('@aerolithdb/engine') };
  const entry = 'core/engine/src/index.ts';
  table(checkBans, base, [
    ['the clock', entry, 'export const now = Date.now();', /index\.ts:1 the core may not use Date; use the time of the block/],
    ['a new date', entry, 'export const now = new Date();', /may not use Date/],
    ['chance', entry, 'export const x = Math.random();', /may not use Math\.random; use bytes passed in/],
    ['chance of node:crypto', entry, "import { randomUUID } from 'node:crypto';", /may not use randomUUID/],
    ['hashes of node:crypto are no chance', entry, "import { createHash } from 'node:crypto';", undefined],
    ['the global crypto', entry, 'export const x = crypto.getRandomValues(b);', /may not use crypto/],
    ['a timer', entry, 'setTimeout(() => {}, 1);', /may not use setTimeout/],
    ['timers of Node', entry, "import { setTimeout } from 'node:timers/promises';", /may not use node:timers\/promises/],
    ['performance', entry, 'performance.now();', /may not use performance/],
    ['the network', entry, "fetch('x');", /may not use fetch/],
    ['the environment', entry, 'process.env.X;', /may not use process/],
    ['locale order', entry, "'a'.localeCompare('b');", /may not use localeCompare; use compareText/],
    ['locale text', entry, '(1).toLocaleString();', /may not use toLocaleString/],
    ['Intl', entry, 'new Intl.Collator();', /may not use Intl/],
    ['a key or property of that name', entry, 'export const x = { Date: 1, process: y.process };', undefined],
    ['a test may', 'core/engine/src/a.test.ts', 'Date.now();', undefined],
    ['other layers may', 'server/node/src/index.ts', 'Date.now();', undefined],
  ]);
  test('await in apply, but not elsewhere in the engine', () => {
    const source = 'export async function f() { await g(); }';
    const texts = (file: string) => ({ ...base, [entry]: `export * from './${file}';`, [`core/engine/src/${file}`]: source });
    assert.match(found(checkBans, texts('apply/block.ts')).join(), /may not use await in apply/);
    assert.deepEqual(found(checkBans, texts('plan/block.ts')), []);
  });
});

describe('sizes', () => {
  const file = (lines: number): string => 'x;\n'.repeat(lines);
  const longFunction = (lines: number): string => `function f() {\n${file(lines - 2)}}\n`;
  const ratchet = (entries: Record<string, number>): Texts => ({ [RATCHET_FILE]: JSON.stringify(entries) });
  table(checkSizes, {}, [
    ['400 lines', 'a.ts', file(400), undefined],
    ['401 lines', 'a.ts', file(401), /a\.ts:0 the file has 401 lines; more than 400 is split, or has its size/],
    ['a function of 70 lines', 'a.ts', longFunction(70), undefined],
    ['a function of 71 lines', 'a.ts', longFunction(71), /a\.ts:1 the function f has 71 lines/],
    ['a suite holds tests', 'a.test.ts', `describe('x', () => {\n${file(100)}});`, undefined],
  ]);
  test('an entry allows its size, never more, and shrinks with its subject', () => {
    const judged = (lines: number, kept: number) =>
      found(checkSizes, { ...ratchet({ 'a.ts': kept }), 'a.ts': file(lines) }).join();
    assert.equal(judged(450, 450), '');
    assert.match(judged(451, 450), /allows 450, and an entry never grows/);
    assert.match(judged(449, 450), /lower its entry .* from 450 to 449/);
    assert.match(judged(300, 450), /not needed any more; remove it/);
    assert.match(judged(601, 601), /more than 600 is split, whatever the reason/);
    assert.match(found(checkSizes, ratchet({ 'gone.ts': 450 })).join(), /"gone\.ts" is not needed/);
  });
});

describe('names', () => {
  table(checkNames, {}, [
    ['kebab-case', 'core/query/src/apply-update.ts', '', undefined],
    ['a long test', 'core/query/src/apply-update.long.test.ts', '', undefined],
    ['camel case', 'core/query/src/applyUpdate.ts', '', /kebab-case/],
    ['utils', 'core/query/src/utils.ts', '', /"utils" names no thing/],
    ['a folder of helpers', 'core/query/src/helpers/apply.ts', '', /"helpers" names no thing/],
    ['a manager', 'core/query/src/lock-manager.ts', '', /"manager" names no thing/],
    ['a second version', 'core/query/src/parse-v2.ts', '', /"v2" names no thing/],
    ['a word that only begins like one', 'core/query/src/commonly-read.ts', '', undefined],
  ]);
});

describe('words', () => {
  table(checkWords, {}, [
    ['a path of one machine', 'docs/a.md', 'See /root/x/y.', /a\.md:1 "\/root\/" may not stand here/],
    ['a path of the clone', 'docs/a.md', 'See `core/query` and https://example.org/work/x.', undefined],
    ['a boast', 'README.md', 'Blazing fast.', /no boast/],
    ['an emoji on a page', 'README.md', 'Done \u{1F680}', /no emoji/],
    ['an emoji as data', 'core/query/src/a.test.ts', "'\u{1F680}'", undefined],
    ['a note without a form', 'a.ts', '// FIXME later', /@TODO\(#n\) or @NOTE/],
  ]);
});

describe('dead files', () => {
  const base = {
    'core/query/package.json': manifest('@aerolithdb/query'),
    'core/query/src/index.ts':
      "export * from './used.ts'; const url = new URL('./worker.ts', import.meta.url); start('thread', import.meta.url);",
    'core/query/src/used.ts': '',
    'core/query/src/worker.ts': '',
    'core/query/src/thread.ts': '',
    'core/query/src/a.test.ts': "import './fixture.ts';",
    'core/query/src/fixture.ts': '',
  };
  table(checkDeadFiles, base, [
    ['what entries, workers and tests reach lives', 'README.md', '', undefined],
    ['what nothing reaches is dead', 'core/query/src/lonely.ts', '', /lonely\.ts:0 no entry, program or test reaches/],
    ['what only the dead reach is dead too', 'core/query/src/lonely.ts', "import './used.ts';", /lonely\.ts/],
  ]);
});

test('a check that looked at too little is broken, whatever it found', () => {
  const outcome = { findings: [], looked: 3, lookedMin: 4, unit: 'files' };
  assert.equal(report('names', outcome).isBroken, true);
  assert.equal(report('names', { ...outcome, looked: 4 }).isBroken, false);
  assert.equal(report('names', { ...outcome, looked: 4 }).lines.at(-1), 'names: 4 files, in order');
});
