import { type Document, isDocument, type Value } from '@aerolithdb/protocol';
import { doesNotFit } from './expression-error.ts';
import { isNullish } from './truth.ts';

/** Throws `invalid_expression` for what is no array, null and missing among it. */
export function arrayArgument(value: Value | undefined, name: string): Value[] {
  if (Array.isArray(value)) return value;
  throw doesNotFit(name, 'an array', value);
}

/** Throws `invalid_expression` for what is no text, null and missing among it. */
export function textArgument(value: Value | undefined, name: string): string {
  if (typeof value === 'string') return value;
  throw doesNotFit(name, 'a string', value);
}

/** `apply` of an array; null of null and missing. */
export function ofArray(
  apply: (array: Value[], name: string) => Value | undefined,
): (value: Value | undefined, name: string) => Value | undefined {
  return (value, name) => (isNullish(value) ? null : apply(arrayArgument(value, name), name));
}

/** `apply` of an object; null of null and missing. */
export function ofObject(
  apply: (object: Document, name: string) => Value | undefined,
): (value: Value | undefined, name: string) => Value | undefined {
  return (value, name) => {
    if (isNullish(value)) return null;
    if (isDocument(value)) return apply(value, name);
    throw doesNotFit(name, 'an object', value);
  };
}
