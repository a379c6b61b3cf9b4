import { type Document, isDocument, type Value } from '@aerolithdb/protocol';
import type { GroupStage, Path } from '@aerolithdb/query';
import { isPlainPath, jsonPath } from '../../plan/json-path.ts';
import { anyOf, type Fragment, sql } from '../../plan/sql-fragment.ts';

/** What a `$group` asks of SQL: the fields that make its key, and sums and extremes of fields. */
export type GroupParts = {
  /** One path a field of the key; `name` is undefined when the key is the value itself, and there are none for one group of all. */
  readonly keys: readonly { readonly name: string | undefined; readonly path: Path }[];
  /** The key when there are no paths. */
  readonly constant: Value;
  readonly outputs: readonly GroupOutput[];
};

export type GroupOutput = { readonly name: string } & (
  | { readonly of: 'count' }
  | { readonly of: 'sum' | 'average' | 'least' | 'greatest'; readonly path: Path }
);

const OF_FIELD: ReadonlyMap<string, 'sum' | 'average' | 'least' | 'greatest'> = new Map([
  ['$sum', 'sum'],
  ['$avg', 'average'],
  ['$min', 'least'],
  ['$max', 'greatest'],
]);

/** Undefined when SQL cannot say the stage. */
export function groupParts({ keySource, outputs }: GroupStage): GroupParts | undefined {
  const keys = keysOf(keySource);
  if (keys === undefined) return undefined;
  const parts = [...outputs].map(([name, { operator, argument }]) => outputOf(name, operator, argument));
  if (!parts.every((part) => part !== undefined)) return undefined;
  return { keys, constant: keys.length === 0 ? keySource : null, outputs: parts };
}

function keysOf(source: Value): GroupParts['keys'] | undefined {
  if (source === null || typeof source === 'number' || typeof source === 'boolean') return [];
  const path = pathOf(source);
  if (path !== undefined) return [{ name: undefined, path }];
  if (!isDocument(source) || source.size === 0) return undefined;
  const keys = [...(source as Document)].map(([name, value]) => ({ name, path: pathOf(value) }));
  const isKey = (key: (typeof keys)[number]): key is { name: string; path: Path } =>
    key.path !== undefined && !key.name.startsWith('$') && !key.name.includes('.');
  return keys.every(isKey) ? keys : undefined;
}

/** `"$a.b"` as a path that SQL can follow. */
function pathOf(source: Value): Path | undefined {
  if (typeof source !== 'string' || !source.startsWith('$') || source.startsWith('$$')) return undefined;
  const path = source.slice(1).split('.');
  return isPlainPath(path) ? path : undefined;
}

function outputOf(name: string, operator: string, argument: Value): GroupOutput | undefined {
  if (operator === '$count' || (operator === '$sum' && argument === 1)) return { name, of: 'count' };
  const of = OF_FIELD.get(operator);
  const path = pathOf(argument);
  return of === undefined || path === undefined ? undefined : { name, of, path };
}

/** True where an array stands on the way of a path: an expression looks into it, and SQL does not. */
export function throughArray(paths: readonly Path[]): Fragment {
  const ways = new Map(
    paths.flatMap((path) => path.slice(1).map((_, i) => [path.slice(0, i + 1).join('.'), path.slice(0, i + 1)])),
  );
  return anyOf([...ways.values()].map((way) => sql`json_type(d.doc, ${jsonPath(way)}) IS 'array'`));
}

export function pathsOf({ keys, outputs }: GroupParts): readonly Path[] {
  return [...keys.map(({ path }) => path), ...outputs.flatMap((output) => (output.of === 'count' ? [] : [output.path]))];
}
