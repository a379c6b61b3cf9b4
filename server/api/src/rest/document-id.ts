import type { Value } from '@aerolithdb/protocol';
import { AerolithError, parseValue, toStored } from '@aerolithdb/protocol';

/** A JSON number, `true`, `false` or `null`. */
const SCALAR = /^(?:-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?|true|false|null)$/;

/**
 * The `_id` that a path segment names (already URL-decoded).
 *
 * 1. A segment that is a JSON number, `true`, `false`, `null`, a JSON object or a quoted JSON string is that value: `5`, `null`,
 *    `{"$oid":"…"}`, `"5"`.
 * 2. Any other segment is the id as text: `paris`, `007`.
 *
 * So the string id `5` is written `"5"` (URL-encoded `%225%22`), and every id can be written. Throws what `parseValue` throws when an object or a quoted
 * string is malformed.
 */
export function idFromSegment(segment: string): Value {
  if (segment === '') throw new AerolithError('invalid_id', 'The id in the path is empty; write the empty string as %22%22.');
  const first = segment.charCodeAt(0);
  const isObject = first === 0x7b && segment.endsWith('}');
  const isQuoted = first === 0x22 && segment.length > 1 && segment.endsWith('"');
  if (isObject || isQuoted) return parseValue(segment);
  return SCALAR.test(segment) ? parseValue(segment) : segment;
}

/** The path segment, not yet URL-encoded, that `idFromSegment` reads as `id`. */
export function segmentFromId(id: Value): string {
  if (typeof id !== 'string') return toStored(id);
  const isPlain = id !== '' && !/^[{"]/.test(id) && !SCALAR.test(id);
  return isPlain ? id : JSON.stringify(id);
}
