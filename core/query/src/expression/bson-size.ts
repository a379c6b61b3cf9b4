import {
  Binary,
  DateTime,
  Decimal128,
  type Document,
  Double,
  isInt32,
  ObjectId,
  RegularExpression,
  Timestamp,
  type Value,
} from '@aerolithdb/protocol';
import { lengthInBytes } from './utf8.ts';

/** Bytes of the document in BSON 1.1: its length, then for each field a type, a name and a value, and a closing 0. */
export function bsonSize(document: Document): number {
  let size = 5;
  for (const [name, value] of document) size += 1 + lengthInBytes(name) + 1 + valueSize(value);
  return size;
}

function valueSize(value: Value): number {
  if (value === null) return 0;
  switch (typeof value) {
    case 'boolean':
      return 1;
    case 'number':
      return isInt32(value) ? 4 : 8;
    case 'bigint':
      return 8;
    case 'string':
      return 5 + lengthInBytes(value);
    default:
      return objectSize(value);
  }
}

function objectSize(value: Exclude<Value, null | boolean | number | bigint | string>): number {
  if (Array.isArray(value))
    return value.reduce<number>((size, element, i) => size + 2 + String(i).length + valueSize(element), 5);
  if (value instanceof Map) return bsonSize(value);
  if (value instanceof Double || value instanceof DateTime || value instanceof Timestamp) return 8;
  if (value instanceof Decimal128) return 16;
  if (value instanceof ObjectId) return 12;
  if (value instanceof Binary) return 5 + value.bytes.length;
  if (value instanceof RegularExpression) return lengthInBytes(value.pattern) + lengthInBytes(value.options) + 2;
  return 0;
}
