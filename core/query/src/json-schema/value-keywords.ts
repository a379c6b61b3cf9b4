import { compareValues, equalValues, typeName, type Value } from '@aerolithdb/protocol';
import { asNumber } from '../numeric.ts';
import { compileRegex } from '../regex.ts';
import { parseTypes } from '../type-aliases.ts';
import { countOf, flagOf, listOf, numberOf, textOf } from './schema-operands.ts';
import { ALWAYS, invalidSchema, type Keyword, type SchemaTest } from './schema-test.ts';

const NUMBERS: ReadonlySet<string> = new Set(['int', 'long', 'double', 'decimal']);
/** Types of JSON, by the aliases of BSON. There is no `integer`, as in MongoDB: `bsonType` has `int` and `long`. */
const JSON_TYPES: Readonly<Record<string, string>> = {
  object: 'object',
  array: 'array',
  number: 'number',
  boolean: 'bool',
  string: 'string',
  null: 'null',
};

/** Keywords about one value by itself. Those about numbers or texts hold for values of other types. */
export const VALUE_KEYWORDS: Readonly<Record<string, Keyword>> = {
  bsonType: (operand) => ofTypes(parseTypes(operand)),
  type: (operand) => ofTypes(parseTypes(listed(operand).map(jsonType))),
  enum(operand) {
    const values = listOf('enum', operand);
    return (value, steps) => {
      steps?.spendOn(value);
      steps?.spend(values.length);
      return values.some((one) => equalValues(one, value));
    };
  },
  minimum: (operand, siblings) => bound('minimum', operand, flagOf('exclusiveMinimum', siblings.get('exclusiveMinimum')), 1),
  maximum: (operand, siblings) => bound('maximum', operand, flagOf('exclusiveMaximum', siblings.get('exclusiveMaximum')), -1),
  exclusiveMinimum: beside('exclusiveMinimum', 'minimum'),
  exclusiveMaximum: beside('exclusiveMaximum', 'maximum'),
  multipleOf(operand) {
    const divisor = numberOf('multipleOf', operand);
    if (divisor <= 0) throw invalidSchema('multipleOf', '"multipleOf" takes a number above 0.');
    return (value) => !isNumber(value) || isMultiple(asNumber(value) ?? Number.NaN, divisor);
  },
  minLength(operand) {
    const least = countOf('minLength', operand);
    return (value) => typeof value !== 'string' || lengthOf(value) >= least;
  },
  maxLength(operand) {
    const most = countOf('maxLength', operand);
    return (value) => typeof value !== 'string' || lengthOf(value) <= most;
  },
  pattern(operand) {
    const regex = compileRegex(textOf('pattern', operand));
    return (value, steps) => {
      if (typeof value !== 'string') return true;
      steps?.spend((regex.instructions * value.length) >> 4);
      return regex.test(value);
    };
  },
  title: (operand) => described('title', operand),
  description: (operand) => described('description', operand),
};

function listed(operand: Value): readonly Value[] {
  return Array.isArray(operand) ? listOf('type', operand) : [operand];
}

function jsonType(name: Value): string {
  const type = JSON_TYPES[textOf('type', name)];
  if (type !== undefined) return type;
  throw invalidSchema(
    'type',
    `"type" knows ${Object.keys(JSON_TYPES).join(', ')}, not "${name}"; for types of BSON use "bsonType".`,
  );
}

function ofTypes(types: readonly string[]): SchemaTest {
  const set = new Set(types);
  return (value) => set.has(typeName(value));
}

function isNumber(value: Value): boolean {
  return NUMBERS.has(typeName(value));
}

function bound(keyword: string, operand: Value, exclusive: boolean, sign: 1 | -1): SchemaTest {
  numberOf(keyword, operand);
  return (value) => {
    if (!isNumber(value)) return true;
    const order = sign * compareValues(value, operand);
    return exclusive ? order > 0 : order >= 0;
  };
}

/** A flag of another keyword, which reads it. */
function beside(flag: string, keyword: string): Keyword {
  return (operand, siblings) => {
    flagOf(flag, operand);
    if (siblings.has(keyword)) return ALWAYS;
    throw invalidSchema(flag, `"${flag}" stands beside "${keyword}"; there is none here.`);
  };
}

/** Of doubles to 12 digits: 0.3 is a multiple of 0.1. */
function isMultiple(value: number, divisor: number): boolean {
  const quotient = value / divisor;
  return Number.isFinite(quotient) && Math.abs(quotient - Math.round(quotient)) <= 1e-12 * Math.max(1, Math.abs(quotient));
}

function lengthOf(text: string): number {
  let length = 0;
  for (const _character of text) length++;
  return length;
}

function described(keyword: string, operand: Value): SchemaTest {
  textOf(keyword, operand);
  return ALWAYS;
}
