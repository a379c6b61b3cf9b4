import { relative, resolve } from 'node:path';
import type { TestResult } from './event-reporter.ts';
import { type FileRun, runFile } from './run-file.ts';
import type { Tally } from './verdict.ts';

/** Test files at work at once; some start servers and write to the disk. */
const CONCURRENCY = 2;
const FILE_TIMEOUT_MS = 180_000;

export interface RunOptions {
  readonly only?: string | undefined;
  readonly print: (line: string) => void;
  readonly fileTimeoutMs?: number;
}

/** Runs the test files, each in a process of its own; prints a line for each and every failure in full, again at the end. */
export async function runTests(root: string, files: readonly string[], options: RunOptions): Promise<Tally> {
  const tally: Tally = { passed: 0, failed: 0, skipped: 0 };
  const failures: string[] = [];
  const waiting = [...files];
  const work = async (): Promise<void> => {
    for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) {
      const run = await runFile(resolve(root, file), { only: options.only, timeoutMs: options.fileTimeoutMs ?? FILE_TIMEOUT_MS });
      count(tally, run);
      const failed = run.results.filter((result) => result.kind === 'failed').map((result) => describeFailure(result, root));
      failures.push(...failed);
      options.print([describeRun(file, run), ...failed].join('\n'));
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, work));
  if (failures.length > 0 && files.length > 1) options.print(`\nFailures:\n\n${failures.join('\n\n')}\n`);
  return tally;
}

function count(tally: Tally, run: FileRun): void {
  for (const { kind } of run.results) tally[kind] += 1;
}

function describeRun(file: string, { results, durationMs }: FileRun): string {
  return `${file}  ${results.length} tests, ${Math.round(durationMs)} ms`;
}

/** A failure as a person reads it: where, which test, and the error that made it fail. */
function describeFailure({ name, file, line, error }: TestResult, root: string): string {
  const where = file === undefined ? '' : relative(root, file) + (line === undefined ? '' : `:${line}`);
  return `FAILED ${where}  ${name}\n${(error ?? '').replaceAll(/^/gm, '    ')}`;
}
