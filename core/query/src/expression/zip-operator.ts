import type { Value } from '@aerolithdb/protocol';
import type { Scope } from './expression.ts';
import { invalidExpression } from './expression-error.ts';
import { type NamedValues, named, type Operators } from './operator.ts';
import { checkArray, checkLength } from './result-size.ts';
import { isNullish } from './truth.ts';
import { arrayArgument } from './value-argument.ts';

export const ZIP: Operators = {
  $zip: named(
    '{ inputs, useLongestLength, defaults }',
    'Arrays of the first elements, of the second ones, and so on.',
    { required: ['inputs'], optional: ['useLongestLength', 'defaults'] },
    zip,
  ),
};

type Names = 'inputs' | 'useLongestLength' | 'defaults';

function zip(
  { inputs, useLongestLength: longest, defaults }: NamedValues<Names>,
  name: string,
  _given: ReadonlySet<string>,
  { steps }: Scope,
): Value {
  const listed = arrayArgument(inputs, name);
  if (listed.length === 0) throw invalidExpression(name, `"inputs" of ${name} has at least one array.`);
  if (listed.some(isNullish)) return null;
  const arrays = listed.map((input) => arrayArgument(input, name));
  if (longest !== undefined && typeof longest !== 'boolean') {
    throw invalidExpression(name, `"useLongestLength" of ${name} is true or false.`);
  }
  const fill = defaultsOf(defaults, arrays.length, longest === true, name);
  const lengths = arrays.map((array) => array.length);
  // Not by spreading, which fails for very many arrays.
  const length = lengths.reduce((a, b) => (longest === true ? Math.max(a, b) : Math.min(a, b)));
  checkLength(length * arrays.length, name);
  steps?.spend(length * arrays.length);
  const rows = Array.from({ length }, (_, at): Value[] => arrays.map((array, i) => array[at] ?? fill?.[i] ?? null));
  return checkArray(rows, name);
}

function defaultsOf(defaults: Value | undefined, count: number, longest: boolean, name: string): Value[] | undefined {
  if (isNullish(defaults)) return undefined;
  const listed = arrayArgument(defaults, name);
  if (!longest) throw invalidExpression(name, `"defaults" of ${name} needs "useLongestLength": true.`);
  if (listed.length === count) return listed;
  throw invalidExpression(name, `"defaults" of ${name} has as many elements as "inputs".`);
}
