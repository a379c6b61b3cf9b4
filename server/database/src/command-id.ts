import { AerolithError, isCommandId } from '@aerolithdb/protocol';
import { digest } from './digest.ts';

/** Leaves room for `:` and the number of a continuation. */
const BASE_LENGTH = 48;

/** Throws `invalid_command`. */
export function assertCommandId(id: string): void {
  if (isCommandId(id)) return;
  throw new AerolithError('invalid_command', 'A command id has 1 to 64 characters out of letters, digits and _ . : -', {
    commandId: id.slice(0, 80),
  });
}

/** Id of the n-th command (from 1) that goes on with a large update or delete; the same for the same base, so a retry is answered. */
export function continuationId(base: string, n: number): string {
  const short = base.length <= BASE_LENGTH ? base : digest('continuation', base).slice(0, BASE_LENGTH);
  return `${short}:${n}`;
}
