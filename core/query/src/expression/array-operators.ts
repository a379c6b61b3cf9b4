import { type Document, equalValues, isDocument, type Value } from '@aerolithdb/protocol';
import { compareOptional } from './compare-optional.ts';
import type { Scope } from './expression.ts';
import { doesNotFit, invalidExpression } from './expression-error.ts';
import { int32Argument } from './number-argument.ts';
import { ANY, type Arguments, binary, type Operators, positional, unary } from './operator.ts';
import { checkArray, checkLength } from './result-size.ts';
import { isNullish } from './truth.ts';
import { arrayArgument, ofArray, ofObject } from './value-argument.ts';

export const ARRAYS: Operators = {
  $arrayElemAt: binary('[array, index]', 'The element at an index; a negative one counts from the end.', elementAt),
  $arrayToObject: unary('array', 'An object of an array of [name, value] or of { k, v }.', ofArray(toObject)),
  $concatArrays: positional('[array, …]', 'The arrays one behind the other.', ANY, concatenate),
  $first: unary(
    'array',
    'The first element.',
    ofArray((array) => array[0]),
  ),
  $in: binary('[value, array]', 'Whether the array has an element that equals the value.', isIn),
  $indexOfArray: positional('[array, value, start, end]', 'The index of the first equal element, or -1.', [2, 4], indexOf),
  $isArray: unary('value', 'Whether the value is an array.', (value) => Array.isArray(value)),
  $last: unary(
    'array',
    'The last element.',
    ofArray((array) => array.at(-1)),
  ),
  $objectToArray: unary('object', 'An array of { k, v }, one a field.', ofObject(toArray)),
  $range: positional('[start, end, step]', 'The whole numbers from start up to, not including, end.', [2, 3], range),
  $reverseArray: unary(
    'array',
    'The elements in reverse order.',
    ofArray((array) => array.toReversed()),
  ),
  $size: unary('array', 'The number of elements.', (value, name) => arrayArgument(value, name).length),
  $slice: positional('[array, count] or [array, position, count]', 'A part of the array.', [2, 3], slice),
};

function elementAt(array: Value | undefined, index: Value | undefined, name: string): Value | undefined {
  if (isNullish(array) || isNullish(index)) return null;
  return arrayArgument(array, name).at(int32Argument(index, name, 'the index'));
}

function toObject(array: Value[], name: string): Document {
  const made: Document = new Map();
  for (const element of array) {
    const [key, value] = pairOf(element, name);
    if (typeof key !== 'string') throw doesNotFit(name, 'a string as the name of a field', key);
    if (key.includes('\0')) throw invalidExpression(name, `${name} cannot make a field whose name has a null character.`);
    made.set(key, value);
  }
  return made;
}

function pairOf(element: Value, name: string): readonly [Value, Value] {
  if (Array.isArray(element) && element.length === 2) return element as [Value, Value];
  if (isDocument(element) && element.size === 2 && element.has('k') && element.has('v')) {
    return [element.get('k')!, element.get('v')!];
  }
  throw invalidExpression(name, `Every element of what ${name} takes is an array [name, value] or an object {k, v}.`);
}

function concatenate(args: Arguments, name: string): Value {
  if (args.some(isNullish)) return null;
  const joined: Value[] = [];
  for (const value of args) {
    const array = arrayArgument(value, name);
    checkLength(joined.length + array.length, name);
    for (const element of array) joined.push(element);
  }
  return checkArray(joined, name);
}

function isIn(value: Value | undefined, array: Value | undefined, name: string): boolean {
  return arrayArgument(array, name).some((element) => compareOptional(element, value) === 0);
}

function indexOf([array, value, start, end]: Arguments, name: string): Value {
  if (isNullish(array)) return null;
  const elements = arrayArgument(array, name);
  const from = start === undefined ? 0 : indexArgument(start, name);
  const to = Math.min(end === undefined ? elements.length : indexArgument(end, name), elements.length);
  for (let i = from; i < to; i += 1) if (value !== undefined && equalValues(elements[i]!, value)) return i;
  return -1;
}

function indexArgument(value: Value, name: string): number {
  const index = int32Argument(value, name, 'an index');
  if (index < 0) throw invalidExpression(name, `An index of ${name} may not be negative.`);
  return index;
}

function toArray(object: Document): Value[] {
  return [...object].map(
    ([key, value]): Document =>
      new Map([
        ['k', key],
        ['v', value],
      ] as [string, Value][]),
  );
}

function range([from, to, by]: Arguments, name: string, { steps }: Scope): Value {
  const start = int32Argument(from, name, 'the start');
  const end = int32Argument(to, name, 'the end');
  const step = by === undefined ? 1 : int32Argument(by, name, 'the step');
  if (step === 0) throw invalidExpression(name, `The step of ${name} may not be 0.`);
  const length = Math.max(0, Math.ceil((end - start) / step));
  checkLength(length, name);
  steps?.spend(length);
  return Array.from({ length }, (_, i) => start + i * step);
}

function slice([value, ...numbers]: Arguments, name: string): Value {
  if (isNullish(value) || numbers.some(isNullish)) return null;
  const array = arrayArgument(value, name);
  if (numbers.length === 1) {
    const count = int32Argument(numbers[0], name, 'the count');
    return count < 0 ? array.slice(count) : array.slice(0, count);
  }
  const position = int32Argument(numbers[0], name, 'the position');
  const count = int32Argument(numbers[1], name, 'the count');
  if (count <= 0) throw invalidExpression(name, `The count of ${name} behind a position is above 0.`);
  const start = position < 0 ? Math.max(0, array.length + position) : position;
  return array.slice(start, start + count);
}
