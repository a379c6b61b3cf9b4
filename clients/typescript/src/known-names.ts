import { AerolithError, type ErrorCode, suggestNearest } from '@aerolithdb/protocol';

/**
 * For programs that are not checked by TypeScript, where a name that is passed over would change what is selected or written.
 * Throws an error of `code` for the first name of `given` that is not among `known`.
 */
export function assertKnownNames(given: object, known: readonly string[], what: string, code: ErrorCode): void {
  const name = Object.keys(given).find((each) => !known.includes(each));
  if (name === undefined) return;
  const nearest = suggestNearest(name, known);
  const hint = nearest === undefined ? `known are ${known.join(', ')}.` : `did you mean "${nearest}"?`;
  throw new AerolithError(code, `${what} takes no option "${name}"; ${hint}`, { name, nearest });
}
