import { fileURLToPath } from 'node:url';
import { GENERATORS } from './generators.ts';
import { generateAll, writeFiles } from './write-files.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

const files = await generateAll(GENERATORS);
const changed = writeFiles(ROOT, files, { check: process.argv.includes('--check') });
for (const path of changed.wrong) console.log(`${path} is not what the code declares; run: npm run docs`);
console.log(`${files.length} generated files: ${changed.wrong.length} wrong, ${changed.written.length} written`);
process.exitCode = changed.wrong.length > 0 ? 1 : 0;
