import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { checkExamples } from './examples.ts';
import { type Project, projectOf } from './project.ts';
import { checkBiome, checkMarkdown } from './tool-checks.ts';
import { checkTypes } from './types.ts';
import { openProgram, type Programs } from './typescript-program.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

const FILES: Record<string, string> = {
  'tsconfig.json': JSON.stringify({
    compilerOptions: {
      strict: true,
      module: 'nodenext',
      target: 'es2024',
      noEmit: true,
      types: [],
      allowImportingTsExtensions: true,
    },
    include: ['core/*/src'],
  }),
  'core/query/src/index.ts': "export * from './double.ts';\n",
  'core/query/src/double.ts': `/**
 * Twice.
 *
 * @example
 * const four: number = double(2);
 */
export function double(n: number): number { return 2 * n; }

/**
 * @example
 * double('2');
 */
export const wrong: string = 5;
`,
  'docs/page.md':
    '# Page\n\n```ts\nconst n: number = 1;\nconst s: string = n;\n```\n\n```ts ignore\n…\n```\n\n```json\n{}\n```\n',
};

describe('checks that need a folder', () => {
  let root: string;
  let programs: Programs;
  let project: Project;

  before(() => {
    root = mkdtempSync(join(tmpdir(), 'aerolith-tidy-'));
    for (const [path, text] of Object.entries(FILES)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    symlinkSync(join(ROOT, 'node_modules'), join(root, 'node_modules'));
    programs = openProgram(root);
    project = { ...projectOf(FILES), root };
  });
  after(() => rmSync(root, { recursive: true }));

  test('a wrong type is found where it stands', () => {
    const { findings } = checkTypes(programs);
    assert.deepEqual(
      findings.map(({ file, line }) => [file, line]),
      [['core/query/src/double.ts', 13]],
    );
  });

  test('examples of pages and docstrings that do not compile are found where they stand', () => {
    const { findings, looked, unit } = checkExamples(project, programs);
    assert.deepEqual(
      findings.map(({ file, line }) => [file, line]),
      [
        ['docs/page.md', 5],
        ['core/query/src/double.ts', 11],
      ],
    );
    assert.deepEqual([looked, unit], [3, 'examples (1 more marked as fragments)']);
  });

  test('lint and format are found where they stand', () => {
    writeFileSync(join(root, 'biome.json'), '{ "linter": { "rules": { "suspicious": { "noExplicitAny": "error" } } } }');
    writeFileSync(join(root, 'core/query/src/any.ts'), 'export const x: any = 1;\n');
    const findings = checkBiome(project).findings.filter(({ file }) => file === 'core/query/src/any.ts');
    assert.deepEqual(
      findings.map(({ line, message }) => [line, message.split(':')[0]]),
      [[1, 'lint/suspicious/noExplicitAny']],
    );
  });

  test('Markdown that is out of form is found where it stands', () => {
    writeFileSync(join(root, '.markdownlint-cli2.jsonc'), '{ "globs": ["docs/*.md"] }');
    writeFileSync(join(root, 'docs/bad.md'), '# Bad\n\n### Too deep\n');
    const { findings, looked } = checkMarkdown(project);
    assert.deepEqual(
      findings.map(({ file, line }) => [file, line]),
      [['docs/bad.md', 3]],
    );
    assert.equal(looked, 2);
  });
});
