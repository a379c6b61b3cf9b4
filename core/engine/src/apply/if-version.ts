import { AerolithError } from '@aerolithdb/protocol';

/**
 * The precondition of a write. `actual` is the version of the document it found; `undefined` (and 0 in `expected`) is: none.
 * Throws `version_conflict`.
 */
export function assertVersion(expected: number | undefined, actual: number | undefined, collection: string, id?: string): void {
  if (expected === undefined || expected === (actual ?? 0)) return;
  const found = actual === undefined ? 'there is no such document' : `it has version ${actual}`;
  throw new AerolithError(
    'version_conflict',
    `The write asked for version ${expected}, and ${found}. Read it again and decide.`,
    {
      collection,
      expected,
      actual: actual ?? 0,
      ...(id === undefined ? {} : { id }),
    },
  );
}
