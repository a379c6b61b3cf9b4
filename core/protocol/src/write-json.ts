import { AerolithError } from './aerolith-error.ts';
import { encodeBase64 } from './base64.ts';
import { quoteText } from './quote-text.ts';
import {
  Binary,
  DateTime,
  Decimal128,
  type Document,
  Double,
  isInt32,
  MinKey,
  ObjectId,
  RegularExpression,
  Timestamp,
  type Value,
} from './value.ts';

/** How one text form writes the types in which the forms differ. All else is the same in every form. */
export type JsonForm = {
  readonly int32: (value: number) => string;
  readonly int64: (value: bigint) => string;
  readonly double: (value: number) => string;
  readonly date: (ms: number) => string;
};

/** The text of a value in a form, without white space, fields in their order. */
export function writeJson(value: Value, form: JsonForm): string {
  if (typeof value === 'string') return quoteText(value);
  if (typeof value === 'number') return isInt32(value) ? form.int32(value) : form.double(value);
  if (value === null) return 'null';
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  if (value instanceof Map) return writeObject(value, form);
  if (Array.isArray(value)) return writeArray(value, form);
  if (typeof value === 'bigint') return form.int64(checkedInt64(value));
  if (value instanceof DateTime) return form.date(value.ms);
  if (value instanceof Double) return form.double(value.value);
  return writeWrapper(value);
}

function writeObject(document: Document, form: JsonForm): string {
  let text = '{';
  for (const [name, value] of document) {
    text += `${text.length === 1 ? '' : ','}${quoteText(name)}:${writeJson(value, form)}`;
  }
  return `${text}}`;
}

function writeArray(values: readonly Value[], form: JsonForm): string {
  let text = '[';
  for (let i = 0; i < values.length; i++) text += (i === 0 ? '' : ',') + writeJson(values[i]!, form);
  return `${text}]`;
}

type Wrapped = Exclude<Value, null | boolean | number | bigint | string | Double | DateTime | Value[] | Document>;

/** The types whose wrapper is the same in every form. */
export function writeWrapper(value: Wrapped): string {
  if (value instanceof ObjectId) return `{"$oid":"${value.hex}"}`;
  if (value instanceof Decimal128) return `{"$numberDecimal":"${value.text}"}`;
  if (value instanceof Binary)
    return `{"$binary":{"base64":"${encodeBase64(value.bytes)}","subType":"${subtypeHex(value.subtype)}"}}`;
  if (value instanceof RegularExpression) {
    const pattern = quoteText(value.pattern);
    return `{"$regularExpression":{"pattern":${pattern},"options":${quoteText(value.options)}}}`;
  }
  if (value instanceof Timestamp) return `{"$timestamp":{"t":${value.seconds},"i":${value.ordinal}}}`;
  return value instanceof MinKey ? '{"$minKey":1}' : '{"$maxKey":1}';
}

function subtypeHex(subtype: number): string {
  return subtype.toString(16).padStart(2, '0');
}

function checkedInt64(value: bigint): bigint {
  if (BigInt.asIntN(64, value) === value) return value;
  throw new AerolithError('invalid_value', `${value} is beyond 64 bits; use a double or a decimal.`, { value: String(value) });
}

/** The shortest text that reads as the same double, always with a fraction or an exponent. `value` is finite and not -0. */
export function doubleText(value: number): string {
  const text = String(value);
  return Number.isInteger(value) && !text.includes('e') ? `${text}.0` : text;
}

/** `NaN`, `Infinity`, `-Infinity` or `-0.0`, which no JSON number can say; undefined for every other double. */
export function specialDoubleText(value: number): string | undefined {
  if (Number.isFinite(value)) return Object.is(value, -0) ? '-0.0' : undefined;
  return String(value);
}
