import { AerolithError } from '../aerolith-error.ts';
import type { ErrorCode } from '../error-catalogue.ts';

/** For `assert.throws`: an AerolithError of this code, whose sentence matches. */
export function hasCode(code: ErrorCode, sentence: RegExp = /./): (error: unknown) => boolean {
  return (error) => error instanceof AerolithError && error.code === code && sentence.test(error.message);
}
