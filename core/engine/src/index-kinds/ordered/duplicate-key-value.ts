import { AerolithError, compareBytes, type Document, encodeCompoundKey, toRelaxed, type Value } from '@aerolithdb/protocol';
import { indexValues } from '@aerolithdb/query';
import { shownValue } from '../../apply/duplicate-id.ts';
import type { IndexShape } from './ordered-entries.ts';

/** The document cannot have this key, which another one has. Names the fields of the index with the values that the key is made of. */
export function duplicateKeyValue(collection: string, shape: IndexShape, document: Document, key: Uint8Array): AerolithError {
  const index = shape.record.name;
  const value = shownValue(toRelaxed(keyValues(shape, document, key)));
  const message = `The unique index "${index}" of "${collection}" holds ${value} already, in another document.`;
  return new AerolithError('duplicate_key_value', message, { collection, index, value });
}

/** Of an array, the element that the key holds. At most one field of an index goes through an array. */
function keyValues({ record, paths, directions }: IndexShape, document: Document, key: Uint8Array): Document {
  const parts = paths.map((path) => indexValues(document, path).values);
  const firsts: Value[] = parts.map((values) => values[0] ?? null);
  const candidates = parts.flatMap((values, at) => values.map((value) => firsts.with(at, value)));
  const found = candidates.find((values) => compareBytes(encodeCompoundKey(values, directions), key) === 0) ?? firsts;
  return new Map(record.keys.map(([path], at) => [path, found[at] ?? null]));
}
