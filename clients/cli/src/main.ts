#!/usr/bin/env node
import { EXIT } from './program/cli-error.ts';
import { runProgram } from './program/run-program.ts';

/** One Ctrl-C can arrive twice, from the terminal and from npm: what follows so soon is the same one. */
const SAME_MS = 300;

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

const { stdin, stdout, stderr, env } = process;
process.exitCode = await runProgram(process.argv.slice(2), { stdin, stdout, stderr, env, signal: asked.signal });
