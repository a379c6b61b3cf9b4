import { AerolithError, type Document, encodeCompoundKey, encodeKey, LIMITS, type Value } from '@aerolithdb/protocol';
import { type Filter, indexValues, matches, type Path, parsePath } from '@aerolithdb/query';
import type { IndexRecord } from '../../catalogue.ts';
import { conditionOf, fieldsOfCondition } from '../index-condition.ts';

/** The parts of an index definition in the form that making entries needs. */
export type IndexShape = {
  readonly record: IndexRecord;
  readonly paths: readonly Path[];
  readonly directions: readonly (1 | -1)[];
  /** Which documents have entries; undefined: all. */
  readonly condition: Filter | undefined;
  /** Top-level fields that entries are made of. */
  readonly fields: readonly string[];
};

export function indexShape(record: IndexRecord): IndexShape {
  const paths = record.keys.map(([path]) => parsePath(path, 'invalid_index'));
  const condition = conditionOf(record);
  return {
    record,
    paths,
    directions: record.keys.map(([, key]) => (key === -1 ? -1 : 1)),
    condition,
    fields: [...paths.map((path) => path[0]!), ...(condition === undefined ? [] : fieldsOfCondition(condition))],
  };
}

/** `multikeyAt`: place in `keys` of the path that went through an array; -1 when none did. */
export type IndexEntries = { readonly keys: readonly Uint8Array[]; readonly multikeyAt: number };

export const NO_ENTRIES: IndexEntries = { keys: [], multikeyAt: -1 };

/**
 * The keys that a document has in an index, without repeats.
 * Throws `index_key_too_large`, and `invalid_index` when two paths of a compound index go through arrays.
 */
export function indexEntries(shape: IndexShape, document: Document): IndexEntries {
  if (shape.condition !== undefined && !matches(shape.condition, document)) return NO_ENTRIES;
  return shape.paths.length === 1 ? singleEntries(shape, document) : compoundEntries(shape, document);
}

function singleEntries(shape: IndexShape, document: Document): IndexEntries {
  const { values, multikey } = indexValues(document, shape.paths[0]!);
  const direction = shape.directions[0]!;
  if (!multikey && values.length === 1) {
    return { keys: [checkedKey(shape, encodeKey(values[0]!, direction))], multikeyAt: -1 };
  }
  assertCount(shape, values.length);
  const keys = values.map((value) => checkedKey(shape, encodeKey(value, direction)));
  return { keys: withoutRepeats(keys), multikeyAt: multikey ? 0 : -1 };
}

function compoundEntries(shape: IndexShape, document: Document): IndexEntries {
  const parts = shape.paths.map((path) => indexValues(document, path));
  const multikeyAt = soleMultikey(shape, parts);
  const spread = multikeyAt === -1 ? undefined : parts[multikeyAt]!.values;
  const fixed: Value[] = parts.map((part) => part.values[0] ?? null);
  if (spread === undefined) return { keys: [checkedKey(shape, encodeCompoundKey(fixed, shape.directions))], multikeyAt };
  assertCount(shape, spread.length);
  const keys = spread.map((value) => checkedKey(shape, encodeCompoundKey(fixed.with(multikeyAt, value), shape.directions)));
  return { keys: withoutRepeats(keys), multikeyAt };
}

function soleMultikey(shape: IndexShape, parts: readonly { multikey: boolean }[]): number {
  const first = parts.findIndex((part) => part.multikey);
  const last = parts.findLastIndex((part) => part.multikey);
  if (first === last) return first;
  const [one, other] = [shape.record.keys[first]![0], shape.record.keys[last]![0]];
  throw new AerolithError(
    'invalid_index',
    `The index "${shape.record.name}" cannot hold this document: "${one}" and "${other}" are both arrays. Index one of them alone.`,
    { index: shape.record.name, fields: [one, other] },
  );
}

function checkedKey(shape: IndexShape, key: Uint8Array): Uint8Array {
  if (key.length <= LIMITS.indexKeyBytes) return key;
  throw new AerolithError(
    'index_key_too_large',
    `A value is too long for the index "${shape.record.name}": its key has ${key.length} bytes, the limit is ${LIMITS.indexKeyBytes}.`,
    { index: shape.record.name, bytes: key.length, limit: LIMITS.indexKeyBytes },
  );
}

function assertCount(shape: IndexShape, count: number): void {
  if (count <= LIMITS.indexEntriesPerDocument) return;
  throw new AerolithError(
    'index_key_too_large',
    `A document has ${count} values for the index "${shape.record.name}"; the limit is ${LIMITS.indexEntriesPerDocument}.`,
    { index: shape.record.name, entries: count, limit: LIMITS.indexEntriesPerDocument },
  );
}

function withoutRepeats(keys: Uint8Array[]): Uint8Array[] {
  if (keys.length < 2) return keys;
  const unique = new Map<string, Uint8Array>();
  for (const key of keys) unique.set(textOf(key), key);
  return [...unique.values()];
}

/** Keys of `keys` that are not among `others`. */
export function keysWithout(keys: readonly Uint8Array[], others: readonly Uint8Array[]): readonly Uint8Array[] {
  if (others.length === 0) return keys;
  if (keys.length === 1 && others.length === 1) return Buffer.compare(keys[0]!, others[0]!) === 0 ? [] : keys;
  const known = new Set(others.map(textOf));
  return keys.filter((key) => !known.has(textOf(key)));
}

function textOf(key: Uint8Array): string {
  return Buffer.from(key.buffer, key.byteOffset, key.byteLength).toString('latin1');
}
