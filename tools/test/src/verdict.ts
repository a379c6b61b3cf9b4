/** What a run of tests came to. */
export interface Tally {
  passed: number;
  failed: number;
  skipped: number;
}

/** Fewer tests than this means that the runner did not find them. Raise it as tests are added. */
export const TESTS_MIN = 500;

/** The last line of `npm test`, and its exit code: a run that looked at too little has failed. */
export function verdict(tally: Tally, testsMin: number): { line: string; exitCode: number } {
  const ran = tally.passed + tally.failed;
  const tooFew = ran < testsMin;
  const failed = tally.failed + (tooFew ? 1 : 0);
  const summary = `${tally.passed} passed, ${failed} failed`;
  const notes = [
    ...(tooFew ? [`Only ${ran} tests ran; at least ${testsMin} were expected.`] : []),
    ...(tally.skipped > 0 ? [`${tally.skipped} skipped`] : []),
  ];
  return { line: [...notes, summary].join('\n'), exitCode: failed > 0 ? 1 : 0 };
}
