import { AerolithError } from '@aerolithdb/protocol';
import type { Filter, Test } from './filter.ts';
import { QUERY_LIMITS } from './limits.ts';

/** Instructions of all regular expressions of a filter that are more than a comparison of texts: what a character of a document may cost. */
export function regexInstructionsIn(filter: Filter): number {
  if (filter.kind === 'field') return ofTest(filter.test);
  return 'filters' in filter ? sum(filter.filters, regexInstructionsIn) : 0;
}

/**
 * For a filter of a write, which no time limit ends: with so few instructions a document of 1 MiB takes seconds at the most.
 * Throws `invalid_regex`.
 */
export function assertRegexOfWrite(filter: Filter): void {
  const instructions = regexInstructionsIn(filter);
  const limit = QUERY_LIMITS.regexInstructionsOfWrite;
  if (instructions <= limit) return;
  throw new AerolithError(
    'invalid_regex',
    `The regular expressions of a write compile to ${limit} instructions at most; these have ${instructions}. Find the documents with a query and write to them by _id.`,
    { instructions, limit },
  );
}

function ofTest(test: Test): number {
  switch (test.op) {
    case 'regex':
      return test.instructions;
    case 'all':
    case 'not':
    case 'elemMatchValue':
      return sum(test.tests, ofTest);
    case 'elemMatchDocument':
      return regexInstructionsIn(test.filter);
    default:
      return 0;
  }
}

function sum<T>(parts: readonly T[], of: (part: T) => number): number {
  return parts.reduce((total, part) => total + of(part), 0);
}
