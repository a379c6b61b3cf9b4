import {
  AerolithError,
  assertIndexOptions,
  fromPlain,
  type IndexSpec,
  indexKeyOf,
  indexNameOf,
  type Similarity,
} from '@aerolithdb/protocol';
import type { CallOptions } from './calls.ts';
import type { Filter } from './types/filter.ts';
import { storedFilter, storedObject } from './values.ts';

/** What an index is beside its keys; which kind of index takes which of these is on the page of indexes. */
export type IndexDefinition<T> = {
  readonly name?: string | undefined;
  /** No two documents may have the same values. */
  readonly unique?: boolean | undefined;
  /** Documents without any of the paths are left out. */
  readonly sparse?: boolean | undefined;
  /** Only documents that this filter selects are in it. */
  readonly partialFilterExpression?: Filter<T> | undefined;
  /** Documents are deleted this many seconds after the date that the path holds. */
  readonly expireAfterSeconds?: number | undefined;
  /** Kept, but used by no query. */
  readonly hidden?: boolean | undefined;
  /** Of a wildcard index: the paths that are in it (1), or those that are not (0). */
  readonly wildcardProjection?: Readonly<Record<string, 0 | 1 | boolean>> | undefined;
  readonly weights?: Readonly<Record<string, number>> | undefined;
  readonly defaultLanguage?: string | undefined;
  readonly languageOverride?: string | undefined;
  readonly dimensions?: number | undefined;
  readonly similarity?: Similarity | undefined;
};

/** What can be changed of an index. */
export type IndexChange = { readonly hidden?: boolean | undefined; readonly expireAfterSeconds?: number | undefined };

export type IndexOptions<T = object> = CallOptions & IndexDefinition<T>;

/** The definition as a command holds it. Throws `invalid_index`, `invalid_filter`. */
export function indexSpecOf<T>(keys: object, definition: IndexDefinition<T>): IndexSpec {
  const { name, ...options } = definition;
  assertIndexOptions(Object.keys(options));
  const { partialFilterExpression, wildcardProjection, ...plain } = options;
  const entries: [string, unknown][] = keys instanceof Map ? [...keys] : Object.entries(keys);
  if (entries.length === 0) throw new AerolithError('invalid_index', 'An index needs at least one key, such as { name: 1 }.');
  const pairs = entries.map(([path, key]) => [path, indexKeyOf(path, fromPlain(key))] as const);
  const given = Object.fromEntries(Object.entries(plain).filter(([, value]) => value !== undefined));
  return {
    name: name ?? indexNameOf(pairs),
    keys: pairs,
    ...given,
    ...(partialFilterExpression !== undefined && { partialFilterExpression: storedFilter(partialFilterExpression) }),
    ...(wildcardProjection !== undefined && { wildcardProjection: storedObject(wildcardProjection, 'A wildcardProjection') }),
  };
}
