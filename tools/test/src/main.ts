import { relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { findTests } from './find-tests.ts';
import { runTests } from './run-tests.ts';
import { TESTS_MIN, verdict } from './verdict.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

const USAGE = `npm test -- [PART…] [--only NAME] [--long]
  PART         runs only test files whose path contains it
  --only NAME  runs only tests whose name contains it
  --long       runs the long tests (*.long.test.ts) too`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { only: { type: 'string' }, long: { type: 'boolean' }, help: { type: 'boolean' } },
});

if (values.help) {
  console.log(USAGE);
} else {
  const parts = positionals.map((part) => relative(ROOT, resolve(ROOT, part)));
  const files = findTests(ROOT, { parts, long: values.long ?? false });
  const tally = await runTests(ROOT, files, { only: values.only, print: (line) => console.log(line) });
  const everything = parts.length === 0 && values.only === undefined;
  const { line, exitCode } = verdict(tally, everything ? TESTS_MIN : 1);
  console.log(line);
  process.exitCode = exitCode;
}
