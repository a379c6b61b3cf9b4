import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { buildPackages } from './build-packages.ts';
import { packPackages } from './pack-packages.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

const { pack } = parseArgs({ options: { pack: { type: 'string' } } }).values;
if (pack === undefined) buildInPlace();
else console.log(`${packPackages(ROOT, pack).length} packages packed into ${pack}`);

function buildInPlace(): void {
  const built = buildPackages(ROOT, (folder) => join(ROOT, folder, 'dist'));
  for (const { name, folder, files } of built) console.log(`${name}: ${files} files in ${relative(ROOT, folder)}`);
  console.log(`${built.length} packages built`);
}
