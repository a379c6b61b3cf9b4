import { AerolithError, compareValues, type Document, isDocument, MinKey, type Value } from '@aerolithdb/protocol';
import { metadataName } from './expression/meta-operator.ts';
import type { Path } from './filter.ts';
import { QUERY_LIMITS } from './limits.ts';
import { type MetadataName, metadataOf } from './metadata.ts';
import { asNumber } from './numeric.ts';
import { parsePath } from './path.ts';
import { indexValues } from './values-at-path.ts';

/** With `meta` it sorts by what a search knows of the documents, and `path` says only what the sort calls it. */
export type SortField = { readonly path: Path; readonly direction: 1 | -1; readonly meta?: MetadataName };
export type Sort = readonly SortField[];

/**
 * Reads a sort: paths with 1 (ascending) or -1 (descending), or names with `{$meta: "textScore"}`; the first counts most. The best
 * score comes first, the nearest distance too. Throws `invalid_sort`, and `invalid_expression` for a `$meta` that there is not.
 */
export function parseSort(document: Document): Sort {
  if (document.size > QUERY_LIMITS.sortFields)
    throw new AerolithError('invalid_sort', `A sort names at most ${QUERY_LIMITS.sortFields} fields.`);
  return [...document].map(([name, value]) => parseSortField(name, value));
}

function parseSortField(name: string, value: Value): SortField {
  const path = parseSortPath(name);
  if (!isDocument(value) || value.size !== 1 || !value.has('$meta')) return { path, direction: parseDirection(name, value) };
  const meta = metadataName(value.get('$meta')!);
  return { path, direction: meta === 'geoNearDistance' ? 1 : -1, meta };
}

function parseSortPath(name: string): Path {
  const path = parsePath(name, 'invalid_sort');
  if (path.includes('')) throw invalid(name, `The path "${name}" of the sort has an empty component; remove the surplus dot.`);
  if (path.some((component) => component.startsWith('$'))) {
    throw invalid(name, `"${name}" is no field to sort by; for the order of the rows leave the sort out or use a hint.`);
  }
  return path;
}

function parseDirection(name: string, value: Value): 1 | -1 {
  const number = asNumber(value);
  if (number === 1 || number === -1) return number;
  throw invalid(name, `The direction of "${name}" is 1 (ascending) or -1 (descending).`);
}

function invalid(path: string, message: string): AerolithError {
  return new AerolithError('invalid_sort', message, { path });
}

/**
 * What the document is sorted by, one value a field: of an array the least element (descending: the greatest), null for a
 * missing field, MinKey for an empty array, which sorts below null.
 */
export function sortKey(sort: Sort, document: Document): Value[] {
  return sort.map((field) => sortValue(field, document));
}

/** Compares two keys of the same sort: below 0 when `a` comes first. */
export function compareSortKeys(sort: Sort, a: readonly Value[], b: readonly Value[]): number {
  for (let i = 0; i < sort.length; i += 1) {
    const order = compareValues(a[i]!, b[i]!);
    if (order !== 0) return sort[i]!.direction * order;
  }
  return 0;
}

/** Compares two documents by a sort. For many documents make each one's `sortKey` once and use `compareSortKeys`. */
export function compareBySort(sort: Sort, a: Document, b: Document): number {
  for (const field of sort) {
    const order = compareValues(sortValue(field, a), sortValue(field, b));
    if (order !== 0) return field.direction * order;
  }
  return 0;
}

const EMPTY_ARRAY = new MinKey();

function sortValue(field: SortField, document: Document): Value {
  if (field.meta !== undefined) return metaValue(field.meta, document);
  const { values } = indexValues(document, field.path);
  let best = forSort(values[0]!);
  for (let i = 1; i < values.length; i += 1) {
    const value = forSort(values[i]!);
    if (field.direction * compareValues(value, best) < 0) best = value;
  }
  return best;
}

function metaValue(name: MetadataName, document: Document): Value {
  const value = metadataOf(document)?.[name];
  if (value !== undefined) return value;
  throw invalid(
    '$meta',
    `The sort asks for the metadata "${name}", which there is not: no search of that kind found the document.`,
  );
}

function forSort(value: Value): Value {
  return Array.isArray(value) && value.length === 0 ? EMPTY_ARRAY : value;
}
