import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { buildSite } from './site.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

/** What a page would load by itself, as opposed to a link that one clicks. */
const LOADED =
  /<(?:script|img|iframe|source)[^>]+src="(https?:)?\/\/|<link[^>]+rel="(?:stylesheet|preload|modulepreload)"[^>]+href="(https?:)?\/\//;

test('the site has every page and a search index, and loads nothing from elsewhere', { timeout: 170_000 }, () => {
  buildSite(ROOT);
  const dist = join(ROOT, 'docs/.vitepress/dist');
  const files = readdirSync(dist, { recursive: true, encoding: 'utf8' });
  const pages = readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.md') && !file.startsWith('.vitepress'),
  );
  assert.ok(pages.length > 20);
  for (const page of pages) assert.ok(files.includes(page.replace(/\.md$/, '.html')), page);
  assert.ok(files.some((file) => file.includes('localSearchIndex')));
  for (const file of files.filter((name) => name.endsWith('.html')))
    assert.doesNotMatch(readFileSync(join(dist, file), 'utf8'), LOADED, file);
  for (const file of files.filter((name) => name.endsWith('.css')))
    assert.doesNotMatch(readFileSync(join(dist, file), 'utf8'), /url\(["']?(https?:)?\/\//, file);
});
