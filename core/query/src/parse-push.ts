import { AerolithError, type Document, isDocument, suggestNearest, type Value } from '@aerolithdb/protocol';
import { invalidChange } from './invalid-change.ts';
import { asNumber, asWholeNumber } from './numeric.ts';
import { parseSort, type Sort } from './sort.ts';
import type { Push } from './update.ts';

const MODIFIERS = ['$each', '$position', '$slice', '$sort'] as const;

/** Reads the operand of `$push`: a value, or `$each` with modifiers. Throws `invalid_update`, `unknown_operator`, `invalid_sort`. */
export function parsePush(path: string, value: Value): Push {
  if (!isDocument(value) || !hasModifier(value)) return { op: 'push', values: [value] };
  checkModifiers(path, value);
  const each = value.get('$each');
  if (!Array.isArray(each)) throw invalidChange('$push', path, 'takes an array in $each');
  return {
    op: 'push',
    values: each,
    ...(value.has('$position') && { position: wholeNumber(path, '$position', value) }),
    ...(value.has('$slice') && { slice: wholeNumber(path, '$slice', value) }),
    ...(value.has('$sort') && { sort: parsePushSort(path, value.get('$sort')!) }),
  };
}

function hasModifier(value: Document): boolean {
  return MODIFIERS.some((modifier) => value.has(modifier));
}

function checkModifiers(path: string, value: Document): void {
  for (const name of value.keys()) {
    if ((MODIFIERS as readonly string[]).includes(name)) continue;
    const nearest = suggestNearest(name, MODIFIERS);
    const hint = nearest === undefined ? `known are ${MODIFIERS.join(', ')}.` : `did you mean ${nearest}?`;
    throw new AerolithError('unknown_operator', `$push of "${path}" has no modifier "${name}"; ${hint}`, {
      operator: name,
      nearest,
      path,
    });
  }
  if (!value.has('$each')) throw invalidChange('$push', path, 'has modifiers but no $each; put the values into $each');
}

function wholeNumber(path: string, modifier: string, value: Document): number {
  const operand = value.get(modifier);
  const number = asWholeNumber(operand);
  if (number !== undefined) return number;
  throw invalidChange('$push', path, `takes a whole number in ${modifier}`);
}

function parsePushSort(path: string, operand: Value): 1 | -1 | Sort {
  if (isDocument(operand) && operand.size > 0) return parseSort(operand);
  const number = asNumber(operand);
  if (number === 1 || number === -1) return number;
  throw invalidChange('$push', path, 'takes 1, -1 or an object of fields in $sort');
}
