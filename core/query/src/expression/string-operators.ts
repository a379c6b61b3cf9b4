import { compareText, type Value } from '@aerolithdb/protocol';
import type { Scope } from './expression.ts';
import { doesNotFit, invalidExpression } from './expression-error.ts';
import {
  ANY,
  type Arguments,
  binary,
  type NamedValues,
  named,
  type Operator,
  type Operators,
  positional,
  unary,
} from './operator.ts';
import { checkLength, checkText, checkTextLength } from './result-size.ts';
import { stepsOfText } from './steps.ts';
import { isNullish } from './truth.ts';
import { lengthInBytes, lengthInCodePoints } from './utf8.ts';
import { textArgument } from './value-argument.ts';
import { valueText } from './value-text.ts';

export const STRINGS: Operators = {
  $concat: positional('[string, …]', 'The texts one behind the other.', ANY, concat),
  $replaceAll: replacing('The text with every place of "find" replaced.', replaceAll),
  $replaceOne: replacing('The text with the first place of "find" replaced.', replaceOne),
  $split: binary('[string, delimiter]', 'The parts between the delimiters, as an array.', split),
  $strLenBytes: unary('string', 'The length in bytes of UTF-8.', (value, name) => lengthInBytes(textArgument(value, name))),
  $strLenCP: unary('string', 'The length in code points.', (value, name) => lengthInCodePoints(textArgument(value, name))),
  $strcasecmp: binary('[a, b]', '-1, 0 or 1, letters of ASCII compared without regard to case.', (a, b, name) =>
    Math.sign(compareText(upper(coerced(a, name)), upper(coerced(b, name)))),
  ),
  $toLower: unary('string', 'The text with the letters of ASCII in lower case; "" of null.', (value, name) =>
    lower(coerced(value, name)),
  ),
  $toUpper: unary('string', 'The text with the letters of ASCII in upper case; "" of null.', (value, name) =>
    upper(coerced(value, name)),
  ),
};

function concat(args: Arguments, name: string): Value {
  let joined = '';
  for (const value of args) {
    if (isNullish(value)) return null;
    joined = checkText(joined + textArgument(value, name), name);
  }
  return joined;
}

/** Numbers, dates and such as text, null as "". */
export function coerced(value: Value | undefined, name: string): string {
  if (isNullish(value)) return '';
  const text = typeof value === 'boolean' ? undefined : valueText(value);
  if (text === undefined) throw doesNotFit(name, 'a string, a number or a date', value);
  return text;
}

/** Only ASCII: other letters have no case that all languages agree on. */
function upper(text: string): string {
  return text.replace(/[a-z]+/g, (letters) => letters.toUpperCase());
}

function lower(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

function split(value: Value | undefined, by: Value | undefined, name: string): Value {
  if (isNullish(value) || isNullish(by)) return null;
  const text = textArgument(value, name);
  const delimiter = textArgument(by, name);
  if (delimiter === '') throw invalidExpression(name, `The delimiter of ${name} may not be empty.`);
  const parts = text.split(delimiter, Number.MAX_SAFE_INTEGER);
  checkLength(parts.length, name);
  return parts;
}

type Replace = (input: string, find: string, replacement: string, name: string, scope: Scope) => string;
type ReplaceNames = 'input' | 'find' | 'replacement';

function replacing(summary: string, replace: Replace): Operator {
  const names = { required: ['input', 'find', 'replacement'], optional: [] } as const;
  return named('{ input, find, replacement }', summary, names, (values: NamedValues<ReplaceNames>, name, _given, scope) => {
    const texts = [values.input, values.find, values.replacement];
    for (const value of texts) if (!isNullish(value)) textArgument(value, name);
    if (texts.some(isNullish)) return null;
    const [input, find, replacement] = texts as [string, string, string];
    return replace(input, find, replacement, name, scope);
  });
}

function replaceOne(input: string, find: string, replacement: string): string {
  const at = input.indexOf(find);
  return at === -1 ? input : input.slice(0, at) + replacement + input.slice(at + find.length);
}

function replaceAll(input: string, find: string, replacement: string, name: string, { steps }: Scope): string {
  // An empty text stands before, between and behind all characters.
  const parts = find === '' ? ['', ...input, ''] : input.split(find);
  const length = input.length + (parts.length - 1) * (replacement.length - find.length);
  checkTextLength(length, name);
  steps?.spend(parts.length + stepsOfText(length));
  return parts.join(replacement);
}
