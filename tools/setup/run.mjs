/**
 * `node tools/setup/run.cjs FILE ARGS…` sets the clone up when that is needed, then runs FILE (TypeScript, relative to the clone) on
 * the Node that AerolithDB runs on. Without FILE it only sets up.
 */
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { launch } from './launch.mjs';
import { setUp } from './set-up.mjs';
import { SetupError } from './setup-error.mjs';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Node keeps what it compiled of the sources: starting takes half the work from the second time on. */
const CACHED = { NODE_COMPILE_CACHE: resolve(ROOT, 'node_modules/.cache/node') };

/** Room for objects that die young; V8 would let it grow to some 130 MB under load and keep that. */
const FLAGS = ['--max-semi-space-size=8'];

/** @param {string[]} argv */
export async function main(argv) {
  const [file, ...args] = argv;
  try {
    const node = await setUp(ROOT, { env: process.env, say });
    if (file === undefined) say(`Set up; AerolithDB runs on ${node}.`);
    else launch(node, [...FLAGS, resolve(ROOT, file), ...args], { ...CACHED, ...process.env });
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    say(error.message);
    process.exitCode = 1;
  }
}

/** Standard output belongs to the program that is run. @param {string} line */
function say(line) {
  process.stderr.write(`${line}\n`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main(process.argv.slice(2));
