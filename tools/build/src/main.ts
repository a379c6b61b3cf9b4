import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildPackages } from './build-packages.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

const built = buildPackages(ROOT, (folder) => join(ROOT, folder, 'dist'));
for (const { name, folder, files } of built) console.log(`${name}: ${files} files in ${relative(ROOT, folder)}`);
console.log(`${built.length} packages built`);
