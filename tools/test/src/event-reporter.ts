import type { TestEvent } from 'node:test/reporters';
import { inspect } from 'node:util';

/** What a test file tells the runner of one test, one JSON line each. */
export interface TestResult {
  readonly kind: 'passed' | 'failed' | 'skipped';
  readonly name: string;
  readonly file: string | undefined;
  readonly line: number | undefined;
  /** Of a failed test: the error as a person reads it. */
  readonly error?: string;
}

/** A reporter of `node:test` (see `run-file.ts`): suites and parents that fail only with their children are not results. */
export default async function* reportEvents(events: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  for await (const event of events) {
    const result = toResult(event);
    if (result !== undefined) yield `${JSON.stringify(result)}\n`;
  }
}

function toResult({ type, data }: TestEvent): TestResult | undefined {
  if (type !== 'test:pass' && type !== 'test:fail') return undefined;
  const { name, file, line } = data;
  const aside = (data.skip ?? data.todo) !== undefined;
  if (aside) return { kind: 'skipped', name, file, line };
  if (type === 'test:pass') return data.details.type === 'suite' ? undefined : { kind: 'passed', name, file, line };
  const error = data.details.error;
  if ((error as { failureType?: string }).failureType === 'subtestsFailed') return undefined;
  return { kind: 'failed', name, file, line, error: describe(error.cause ?? error) };
}

/** The error without the frames of Node and of the test runner. */
function describe(error: unknown): string {
  const text = typeof error === 'string' ? error : inspect(error, { depth: 4 });
  return text
    .split('\n')
    .filter((line) => !/^\s+at .*\(?node:/.test(line))
    .join('\n');
}
