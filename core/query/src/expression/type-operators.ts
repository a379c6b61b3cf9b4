import { isDocument, suggestNearest, typeName, type Value } from '@aerolithdb/protocol';
import { asWholeNumber } from '../numeric.ts';
import { convertBinary } from './convert-binary.ts';
import { CONVERSION_TYPES, type ConversionType, convertValue, toUuid } from './convert-value.ts';
import { combine, type Expression } from './expression.ts';
import { invalidExpression } from './expression-error.ts';
import { isNumber } from './number-argument.ts';
import { type Operator, type Operators, readFields, unary } from './operator.ts';
import type { ParseContext } from './parse-context.ts';
import { isNullish } from './truth.ts';

export const TYPES: Operators = {
  $convert: {
    form: '{ input, to, onError, onNull, format, byteOrder }',
    summary: 'The value as another type; "onError" where it has none, "onNull" of null.',
    parse: parseConvert,
  },
  $isNumber: unary('value', 'Whether the value is a number of any type.', isNumber),
  $toBool: converting('bool', 'The value as true or false.'),
  $toDate: converting('date', 'The value as a date.'),
  $toDecimal: converting('decimal', 'The value as a decimal.'),
  $toDouble: converting('double', 'The value as a double.'),
  $toInt: converting('int', 'The value as an int; a fraction is cut off.'),
  $toLong: converting('long', 'The value as a long; a fraction is cut off.'),
  $toObjectId: converting('objectId', 'The ObjectId that 24 hexadecimal digits write.'),
  $toString: converting('string', 'The value as text.'),
  $toUUID: unary('string or binData', 'The UUID that a text writes.', (value, name) => {
    if (isNullish(value)) return null;
    return toUuid(value) ?? cannotConvert(value, 'a UUID', name);
  }),
  $type: unary('value', 'The name of the type, or "missing".', (value) => (value === undefined ? 'missing' : typeName(value))),
};

function converting(to: Exclude<ConversionType, 'binData'>, summary: string): Operator {
  return unary('value', summary, (value, name) => {
    if (isNullish(value)) return null;
    return convertValue(value, to) ?? cannotConvert(value, to, name);
  });
}

function cannotConvert(value: Value, to: string, name: string): never {
  const shown =
    typeof value === 'string'
      ? `the string "${value.length > 60 ? `${value.slice(0, 60)}…` : value}"`
      : `this value of type ${typeName(value)}`;
  throw invalidExpression(name, `${name} cannot make ${to} of ${shown}; give $convert an "onError" for such values.`, { to });
}

function parseConvert(operand: Value, context: ParseContext, name: string): Expression {
  const names = { required: ['input', 'to'], optional: ['onError', 'onNull', 'format', 'byteOrder'] } as const;
  const fields = readFields(operand, name, names);
  const read = (field: string): Expression => context.parse((fields as ReadonlyMap<string, Value>).get(field) ?? null);
  const [input, to, onError, onNull, format, byteOrder] = ['input', 'to', 'onError', 'onNull', 'format', 'byteOrder'].map(
    read,
  ) as [Expression, Expression, Expression, Expression, Expression, Expression];
  const parts = [input, to, onError, onNull, format, byteOrder];
  return combine(parts, (scope) => {
    const value = input.evaluate(scope);
    const target = targetOf(to.evaluate(scope), name);
    if (isNullish(value)) return onNull.evaluate(scope);
    if (target === undefined) return null;
    const options = { ...target, format: format.evaluate(scope), byteOrder: byteOrder.evaluate(scope), name };
    const converted = convert(value, options);
    if (converted !== undefined) return converted;
    return fields.has('onError') ? onError.evaluate(scope) : cannotConvert(value, target.type, name);
  });
}

type Target = { readonly type: ConversionType; readonly subtype: number };

function convert(
  value: Value,
  options: Target & { format: Value | undefined; byteOrder: Value | undefined; name: string },
): Value | undefined {
  const binary = convertBinary(value, options);
  if (binary !== undefined || options.type === 'binData') return binary;
  return convertValue(value, options.type);
}

/** `"int"`, `16` or `{type, subtype}`; undefined of null. */
function targetOf(written: Value | undefined, name: string): Target | undefined {
  if (isNullish(written)) return undefined;
  const type = isDocument(written) ? written.get('type') : written;
  const subtype = isDocument(written) ? asWholeNumber(written.get('subtype') ?? 0) : 0;
  const known =
    typeof type === 'string' ? CONVERSION_TYPES.find((each) => each === type) : TYPE_BY_NUMBER.get(asWholeNumber(type) ?? -1);
  if (known === undefined) throw unknownType(type, name);
  if (subtype === undefined || subtype < 0 || subtype > 255)
    throw invalidExpression(name, `"subtype" of ${name} is a number of 0 to 255.`);
  return { type: known, subtype };
}

/** The numbers of BSON. */
const TYPE_BY_NUMBER: ReadonlyMap<number, ConversionType> = new Map<number, ConversionType>([
  [1, 'double'],
  [2, 'string'],
  [5, 'binData'],
  [7, 'objectId'],
  [8, 'bool'],
  [9, 'date'],
  [16, 'int'],
  [18, 'long'],
  [19, 'decimal'],
]);

function unknownType(type: Value | undefined, name: string): Error {
  const nearest = typeof type === 'string' ? suggestNearest(type, CONVERSION_TYPES) : undefined;
  const hint = nearest === undefined ? `it makes ${CONVERSION_TYPES.join(', ')}.` : `did you mean "${nearest}"?`;
  return invalidExpression(name, `${name} makes no such type; ${hint}`, { nearest });
}
