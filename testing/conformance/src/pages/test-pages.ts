import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { PreparedDesk } from './reader-desk.ts';
import { runPage } from './run-page.ts';

/** The folder of the guide. */
export const GUIDE = fileURLToPath(new URL('../../../../docs/guide', import.meta.url));

/** A test for each page, which has at least so many blocks; each begins at a desk of its own. */
export function testPages(pages: Readonly<Record<string, number>>, prepare: () => Promise<PreparedDesk>): void {
  for (const [page, fewest] of Object.entries(pages))
    test(`${page} works as it is written`, { timeout: 170_000 }, async (t) => {
      const desk = await prepare();
      t.after(desk.dispose);
      const done = await runPage(readFileSync(join(GUIDE, page), 'utf8'), desk);
      assert.ok(done >= fewest, `the page has ${done} blocks`);
    });
}
