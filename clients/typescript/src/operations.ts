import type { DeleteOperation, DocumentOperation, ReplaceOperation, StoredText, UpdateOperation } from '@aerolithdb/protocol';
import type { Filter } from './types/filter.ts';
import type { Sort } from './types/sort.ts';
import type { ArrayFilters, Update, UpdatePipeline } from './types/update.ts';
import { storedFilter, storedObject, storedValue } from './values.ts';

export type WriteOneOptions<T> = {
  /** Which of the matching documents comes first. */
  readonly sort?: Sort<T> | undefined;
  /** Only when the document has this version; else `version_conflict`. */
  readonly ifVersion?: number | undefined;
};

export type UpdateManyOptions = {
  /** What `$[name]` in a path stands for. */
  readonly arrayFilters?: ArrayFilters | undefined;
  /** Make the document when none matches. */
  readonly upsert?: boolean | undefined;
};

export type UpdateOneOptions<T> = WriteOneOptions<T> & UpdateManyOptions;

export type ReplaceOptions = {
  /** Make the document when none matches. */
  readonly upsert?: boolean | undefined;
  readonly ifVersion?: number | undefined;
};

type Shape = UpdateManyOptions & {
  readonly sort?: object | undefined;
  readonly ifVersion?: number | undefined;
  readonly multi?: boolean;
  readonly returning?: 'before' | 'after';
};

/** The operation of an update. Throws `invalid_filter`, `invalid_value`, `invalid_update`. */
export function updateOperation<T>(
  collection: string,
  filter: Filter<T>,
  update: Update<T> | UpdatePipeline,
  options: Shape,
): UpdateOperation {
  const { arrayFilters, upsert, ifVersion, sort, multi, returning } = options;
  return {
    type: 'update',
    collection,
    filter: storedFilter(filter),
    update: Array.isArray(update) ? storedValue(update) : storedObject(update, 'An update'),
    ...(arrayFilters !== undefined && { arrayFilters: storedValue(arrayFilters) }),
    ...(multi === true && { multi }),
    ...(upsert === true && { upsert }),
    ...(ifVersion !== undefined && { ifVersion }),
    ...(sort !== undefined && { sort: storedObject(sort, 'A sort') }),
    ...(returning !== undefined && { returning }),
  };
}

/** The operation of a delete. Throws `invalid_filter`, `invalid_value`. */
export function deleteOperation<T>(
  collection: string,
  filter: Filter<T>,
  options: Omit<Shape, 'returning'> & { readonly returning?: 'before' },
): DeleteOperation {
  const { ifVersion, sort, multi, returning } = options;
  return {
    type: 'delete',
    collection,
    filter: storedFilter(filter),
    ...(multi === true && { multi }),
    ...(ifVersion !== undefined && { ifVersion }),
    ...(sort !== undefined && { sort: storedObject(sort, 'A sort') }),
    ...(returning !== undefined && { returning }),
  };
}

export function insertOperation(collection: string, documents: readonly StoredText[]): DocumentOperation {
  return { type: 'insert', collection, documents };
}

export function replaceOperation(
  collection: string,
  id: StoredText,
  document: StoredText,
  { upsert, ifVersion }: ReplaceOptions,
): ReplaceOperation {
  return {
    type: 'replace',
    collection,
    id,
    document,
    ...(upsert === true && { upsert }),
    ...(ifVersion !== undefined && { ifVersion }),
  };
}
