import assert from 'node:assert/strict';
import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { GUIDE } from './test-pages.ts';

const ROOT = fileURLToPath(new URL('../../../..', import.meta.url));

/** Made out of a table, with nothing to run. */
const GENERATED = ['troubleshooting.md'];

/** The anchors that a page has: its headings in lower case, without punctuation, with hyphens for spaces. */
function anchorsOf(markdown: string): Set<string> {
  const headings = markdown.replaceAll(/^```.*?^```$/gms, '').matchAll(/^#+ (.+)$/gm);
  return new Set([...headings].map(([, text]) => slug(text!)));
}

function slug(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}_ -]/gu, '')
    .replaceAll(' ', '-');
}

/** What is wrong with a link of a page; undefined when it leads somewhere. */
function brokenLink(page: string, link: string): string | undefined {
  const [path, anchor] = link.split('#');
  const target = path === '' ? join(ROOT, page) : join(ROOT, dirname(page), path!);
  if (!existsSync(target)) return `${page}: there is no ${link}`;
  const leads = anchor === undefined || anchorsOf(readFileSync(target, 'utf8')).has(anchor);
  return leads ? undefined : `${page}: there is no heading ${link}`;
}

test('every link between pages leads to a file, and to a heading where it names one', () => {
  const pages = [
    'README.md',
    'CONTRIBUTING.md',
    'ARCHITECTURE.md',
    'SECURITY.md',
    ...globSync('docs/{.,guide,reference,decisions}/*.md', { cwd: ROOT }),
  ];
  const links = pages.flatMap((page) => {
    const text = readFileSync(join(ROOT, page), 'utf8').replaceAll(/^```.*?^```$/gms, '');
    return [...text.matchAll(/\]\((?!https?:)([^)\s]+)\)/g)].map((match) => ({ page, link: match[1]! }));
  });
  assert.ok(links.length > 100, `${links.length} links were found`);
  assert.deepEqual(
    links.flatMap(({ page, link }) => brokenLink(page, link) ?? []),
    [],
  );
});

test('a link that leads nowhere is noticed', () => {
  assert.match(brokenLink('docs/guide/queries.md', 'nowhere.md') ?? '', /there is no nowhere/);
  assert.match(brokenLink('docs/guide/queries.md', 'documents.md#nowhere') ?? '', /no heading/);
  assert.equal(brokenLink('docs/guide/queries.md', 'documents.md#types'), undefined);
});

test('each page of the guide is run by a test', () => {
  const tests = globSync('{testing,clients}/**/*.test.ts', { cwd: ROOT, exclude: (name) => name === 'node_modules' });
  const texts = tests.map((file) => readFileSync(join(ROOT, file), 'utf8'));
  const pages = readdirSync(GUIDE).filter((file) => file.endsWith('.md') && !GENERATED.includes(file));
  const forgotten = pages.filter((page) => !texts.some((text) => new RegExp(`['/]${page.replace('.', '\\.')}'`).test(text)));
  assert.ok(pages.length > 10);
  assert.deepEqual(forgotten, []);
});
