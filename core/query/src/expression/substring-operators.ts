import type { Value } from '@aerolithdb/protocol';
import { asNumber } from '../numeric.ts';
import { invalidExpression } from './expression-error.ts';
import { int32Argument } from './number-argument.ts';
import { type Arguments, type Operator, type Operators, positional, THREE } from './operator.ts';
import { coerced } from './string-operators.ts';
import { isNullish } from './truth.ts';
import { indexAtByte, indexAtCodePoint, lengthInBytes, lengthInCodePoints } from './utf8.ts';
import { textArgument } from './value-argument.ts';

export const SUBSTRINGS: Operators = {
  $indexOfBytes: finding('bytes of UTF-8', indexAtByte, lengthInBytes),
  $indexOfCP: finding('code points', indexAtCodePoint, lengthInCodePoints),
  $substr: positional('[string, start, count]', 'The same as $substrBytes.', THREE, substringOfBytes),
  $substrBytes: positional(
    '[string, start, count]',
    'A part of the text, counted in bytes of UTF-8; to its end with -1.',
    THREE,
    substringOfBytes,
  ),
  $substrCP: positional('[string, start, count]', 'A part of the text, counted in code points.', THREE, substringOfCodePoints),
};

type IndexAt = (text: string, units: number) => number | undefined;

function finding(unit: string, indexAt: IndexAt, lengthOf: (text: string) => number): Operator {
  const summary = `Where a text first stands in another, in ${unit}, or -1.`;
  return positional('[string, part, start, end]', summary, [2, 4], ([value, part, start, end], name) => {
    if (isNullish(value)) return null;
    const text = textArgument(value, name);
    const sought = textArgument(part, name);
    const from = positionOf(text, start ?? 0, indexAt, name);
    const last = end === undefined ? text.length : positionOf(text, end, indexAt, name);
    if (from === undefined || last === undefined || from > last || isBeyond(text, start, lengthOf)) return -1;
    const found = text.slice(0, last).indexOf(sought, from);
    return found === -1 ? -1 : lengthOf(text.slice(0, found));
  });
}

function positionOf(text: string, value: Value, indexAt: IndexAt, name: string): number | undefined {
  const position = int32Argument(value, name, 'a position');
  if (position < 0) throw invalidExpression(name, `A position of ${name} may not be negative.`);
  return indexAt(text, position);
}

/** An empty text is not found behind the end. */
function isBeyond(text: string, start: Value | undefined, lengthOf: (text: string) => number): boolean {
  return start !== undefined && asNumber(start)! > lengthOf(text);
}

function substringOfBytes([value, start, count]: Arguments, name: string): Value {
  const text = coerced(value, name);
  const from = int32Argument(start, name, 'the start');
  const length = int32Argument(count, name, 'the count');
  if (from < 0) throw invalidExpression(name, `The start of ${name} may not be negative.`);
  const first = indexAtByte(text, from);
  const last = length < 0 ? text.length : indexAtByte(text, from + length);
  if (first !== undefined && last !== undefined) return text.slice(first, last);
  throw invalidExpression(name, `${name} would cut through a character; use $substrCP to count characters.`);
}

function substringOfCodePoints([value, start, count]: Arguments, name: string): Value {
  const text = coerced(value, name);
  const from = int32Argument(start, name, 'the start');
  const length = int32Argument(count, name, 'the count');
  if (from < 0 || length < 0) throw invalidExpression(name, `Start and count of ${name} may not be negative.`);
  const first = indexAtCodePoint(text, from);
  const rest = text.slice(first);
  return rest.slice(0, indexAtCodePoint(rest, length));
}
