import { fileURLToPath } from 'node:url';
import { runTool } from './tool-run.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

/** `npm run format -- [PATH…]`: rewrites sources as Biome formats them, with its safe fixes. */
const run = runTool(ROOT, 'node_modules/@biomejs/biome/bin/biome', ['check', '--write', ...process.argv.slice(2)]);
console.log(run.output.trimEnd());
process.exitCode = run.exitCode;
