import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestResult } from './event-reporter.ts';

const REPORTER = new URL('event-reporter.ts', import.meta.url).href;
/** Characters of a file's own output that are kept for the case that it breaks. */
const OUTPUT_KEPT = 4000;

export interface FileRun {
  readonly results: readonly TestResult[];
  readonly durationMs: number;
}

export interface FileOptions {
  /** Runs only the tests whose name contains this. */
  readonly only?: string | undefined;
  /** A file that runs longer is killed, with all that it started, and has failed. */
  readonly timeoutMs: number;
}

const running = new Set<ChildProcess>();
process.on('exit', () => running.forEach(killGroup));

/** Runs one test file in a process of its own and collects what each of its tests came to. A file that breaks is one failed test. */
export async function runFile(file: string, options: FileOptions): Promise<FileRun> {
  const folder = mkdtempSync(join(tmpdir(), 'aerolith-test-'));
  const eventsFile = join(folder, 'events.ndjson');
  const started = performance.now();
  try {
    const ending = await runProcess(file, eventsFile, options);
    const results = readEvents(eventsFile);
    const broken = describeBreak(ending, results, options);
    if (broken !== undefined)
      results.push({ kind: 'failed', name: '(the file as a whole)', file, line: undefined, error: broken });
    return { results, durationMs: performance.now() - started };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Ending {
  readonly exitCode: number | null;
  readonly timedOut: boolean;
  readonly output: string;
}

function runProcess(file: string, eventsFile: string, { only, timeoutMs }: FileOptions): Promise<Ending> {
  const flags = [`--test-reporter=${REPORTER}`, `--test-reporter-destination=${eventsFile}`];
  if (only !== undefined) flags.push(`--test-name-pattern=${only.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&')}`);
  const { NODE_TEST_CONTEXT: _inherited, ...env } = process.env;
  const child = spawn(process.execPath, [...flags, file], { env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  running.add(child);
  let output = '';
  let timedOut = false;
  const keep = (chunk: Buffer): void => {
    output = (output + chunk.toString()).slice(-OUTPUT_KEPT);
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const timer = setTimeout(() => {
    timedOut = true;
    killGroup(child);
  }, timeoutMs);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    // Not 'close': what a test leaves behind may hold the pipes open.
    child.on('exit', (exitCode) => {
      clearTimeout(timer);
      killGroup(child);
      running.delete(child);
      resolve({ exitCode, timedOut, output });
    });
  });
}

/** Kills the test file and whatever it started and did not stop. */
function killGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    // ESRCH: nothing of it is left.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

function readEvents(eventsFile: string): TestResult[] {
  const lines = readFileSync(eventsFile, { encoding: 'utf8', flag: 'a+' }).split('\n');
  // The last line is empty, or cut short where the file was killed.
  return lines.slice(0, -1).map((line) => JSON.parse(line) as TestResult);
}

/** Why the file failed as a whole, where its tests do not already say so. */
function describeBreak(ending: Ending, results: readonly TestResult[], options: FileOptions): string | undefined {
  if (ending.timedOut) return `It ran longer than ${options.timeoutMs / 1000} s and was killed.\n${ending.output}`;
  if (ending.exitCode !== 0 && results.every((result) => result.kind !== 'failed')) {
    return `It ended with exit code ${ending.exitCode}.\n${ending.output}`;
  }
  if (results.length === 0 && options.only === undefined) return 'It holds no test.';
  return undefined;
}
