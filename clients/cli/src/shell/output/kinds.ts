import type { FindCursor } from '@aerolithdb/client';

export type Cursor = FindCursor<object, unknown>;

/** Whether a value is a cursor: something to go through that can be explained. */
export function isCursor(value: unknown): value is Cursor {
  return isObject(value) && Symbol.asyncIterator in value && 'explain' in value && 'toArray' in value;
}

/** Whether a value is a plain object, as documents are. */
export function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (!isObject(value) || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
