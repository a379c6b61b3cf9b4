import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { GENERATORS } from './generators.ts';
import { buildSite } from './site.ts';
import { generateAll, writeFiles } from './write-files.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const BOOLEAN = { type: 'boolean', default: false } as const;

/** `npm run docs -- [--check | --pages]`: writes the generated pages and builds the site; `--pages`: no site; `--check`: only compares. */
async function main(): Promise<number> {
  const { values } = parseArgs({ options: { check: BOOLEAN, pages: BOOLEAN } });
  const files = await generateAll(GENERATORS);
  const changed = writeFiles(ROOT, files, { check: values.check });
  for (const path of changed.wrong) console.log(`${path} is not what the code declares; run: npm run docs -- --pages`);
  console.log(`${files.length} generated files: ${changed.wrong.length} wrong, ${changed.written.length} written`);
  if (changed.wrong.length > 0) return 1;
  if (values.check || values.pages) return 0;
  buildSite(ROOT);
  console.log('The site is in docs/.vitepress/dist.');
  return 0;
}

process.exitCode = await main();
