#!/usr/bin/env node
import module from 'node:module';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { EXIT, type ExitCode } from './program/cli-error.ts';
import { nodeTooOld } from './program/node-version.ts';

/** One Ctrl-C can arrive twice, from the terminal and from npm: what follows so soon is the same one. */
const SAME_MS = 300;

// What was compiled once is kept, which halves the start; in a folder of the user's own, since it is code. Absent before Node.js 22.8.
module.enableCompileCache?.(join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'aerolith'));

const asked = new AbortController();
let askedAt = 0;

for (const name of ['SIGINT', 'SIGTERM'] as const) {
  process.on(name, () => {
    const now = performance.now();
    if (!asked.signal.aborted) askedAt = now;
    else if (now - askedAt > SAME_MS) process.exit(EXIT.interrupted);
    asked.abort();
  });
}

// A reader that went away (`| head`) ends the program; other failures of stdout come through the writes themselves.
process.stdout.on('error', (error: Error & { code?: string }) => process.exit(error.code === 'EPIPE' ? EXIT.ok : EXIT.other));

process.exitCode = await run();

/** Loads the program only on a Node.js that can read it. */
async function run(): Promise<ExitCode> {
  const { stdin, stdout, stderr, env } = process;
  const tooOld = nodeTooOld();
  if (tooOld !== undefined) {
    stderr.write(`error[${tooOld.code}]: ${tooOld.message}\n`);
    return tooOld.exit;
  }
  const { runProgram } = await import('./program/run-program.ts');
  return await runProgram(process.argv.slice(2), { stdin, stdout, stderr, env, signal: asked.signal });
}
