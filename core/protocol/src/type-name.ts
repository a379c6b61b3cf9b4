import {
  Binary,
  DateTime,
  Decimal128,
  Double,
  isInt32,
  MinKey,
  ObjectId,
  RegularExpression,
  Timestamp,
  type Value,
} from './value.ts';

export type TypeName =
  | 'minKey'
  | 'null'
  | 'int'
  | 'long'
  | 'double'
  | 'decimal'
  | 'string'
  | 'object'
  | 'array'
  | 'binData'
  | 'objectId'
  | 'bool'
  | 'date'
  | 'timestamp'
  | 'regex'
  | 'maxKey';

/** The classes of values that compare with one another, in their order. Also the first byte of an encoded key: see `encodeKey`. */
export const BRACKETS = {
  minKey: 1,
  null: 5,
  number: 10,
  string: 15,
  object: 20,
  array: 25,
  binData: 30,
  objectId: 35,
  bool: 40,
  date: 45,
  timestamp: 47,
  regex: 50,
  maxKey: 127,
} as const;

/** The class of values that compare with this one. A missing value is in the class of null: pass null for it. */
export function typeBracket(value: Value): number {
  if (typeof value === 'number' || typeof value === 'bigint') return BRACKETS.number;
  if (typeof value === 'string') return BRACKETS.string;
  if (value === null) return BRACKETS.null;
  if (typeof value === 'boolean') return BRACKETS.bool;
  if (value instanceof Map) return BRACKETS.object;
  if (Array.isArray(value)) return BRACKETS.array;
  return classBracket(value);
}

type Scalar = Exclude<Value, null | boolean | number | bigint | string | Value[] | Map<string, Value>>;

function classBracket(value: Scalar): number {
  if (value instanceof ObjectId) return BRACKETS.objectId;
  if (value instanceof DateTime) return BRACKETS.date;
  if (value instanceof Double || value instanceof Decimal128) return BRACKETS.number;
  if (value instanceof Binary) return BRACKETS.binData;
  if (value instanceof Timestamp) return BRACKETS.timestamp;
  if (value instanceof RegularExpression) return BRACKETS.regex;
  return value instanceof MinKey ? BRACKETS.minKey : BRACKETS.maxKey;
}

const CLASS_NAMES: ReadonlyMap<number, TypeName> = new Map<number, TypeName>([
  [BRACKETS.minKey, 'minKey'],
  [BRACKETS.null, 'null'],
  [BRACKETS.string, 'string'],
  [BRACKETS.object, 'object'],
  [BRACKETS.array, 'array'],
  [BRACKETS.binData, 'binData'],
  [BRACKETS.objectId, 'objectId'],
  [BRACKETS.bool, 'bool'],
  [BRACKETS.date, 'date'],
  [BRACKETS.timestamp, 'timestamp'],
  [BRACKETS.regex, 'regex'],
  [BRACKETS.maxKey, 'maxKey'],
]);

/** The name of the value's type, as `$type` writes it. */
export function typeName(value: Value): TypeName {
  if (typeof value === 'number') return isInt32(value) ? 'int' : 'double';
  if (typeof value === 'bigint') return 'long';
  if (value instanceof Double) return 'double';
  if (value instanceof Decimal128) return 'decimal';
  return CLASS_NAMES.get(typeBracket(value))!;
}
