import assert from 'node:assert/strict';
import { globSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { deskWithNode, deskWithPackages } from './reader-desk.ts';
import { runPage } from './run-page.ts';

const ROOT = fileURLToPath(new URL('../../../..', import.meta.url));
const GUIDE = join(ROOT, 'docs/guide');

/** Pages that begin in an empty folder, in which a node runs where they need one; with the fewest blocks that each has. */
const PAGES: Readonly<Record<string, number>> = {
  'access.md': 3,
  'backup.md': 4,
  'configuration.md': 3,
  'data-modelling.md': 6,
  'diagnosis.md': 3,
  'documents.md': 1,
  'embedding.md': 7,
  'history-and-changes.md': 3,
  'performance-tuning.md': 7,
  'queries.md': 6,
  'schema-migrations.md': 3,
  'transactions.md': 6,
  'typescript.md': 7,
  'updates.md': 8,
  'watching-changes.md': 9,
  'writes.md': 5,
};

const WITHOUT_NODE = ['embedding.md', 'typescript.md'];

/** Made out of a table, with nothing to run. */
const GENERATED = ['troubleshooting.md'];

describe('the guide, page by page, as it is written', () => {
  for (const [page, fewest] of Object.entries(PAGES))
    test(page, { timeout: 300_000 }, async (t) => {
      const desk = await (WITHOUT_NODE.includes(page) ? deskWithPackages() : deskWithNode());
      t.after(desk.dispose);
      const done = await runPage(readFileSync(join(GUIDE, page), 'utf8'), desk);
      assert.ok(done >= fewest, `the page has ${done} blocks`);
    });
});

test('each page of the guide is run by a test', () => {
  const tests = globSync('{testing,clients}/**/*.test.ts', { cwd: ROOT, exclude: (name) => name === 'node_modules' });
  const texts = tests.map((file) => readFileSync(join(ROOT, file), 'utf8'));
  const pages = readdirSync(GUIDE).filter((file) => file.endsWith('.md') && !GENERATED.includes(file));
  const forgotten = pages.filter((page) => !texts.some((text) => new RegExp(`['/]${page.replace('.', '\\.')}'`).test(text)));
  assert.ok(pages.length > 10);
  assert.deepEqual(forgotten, []);
});
