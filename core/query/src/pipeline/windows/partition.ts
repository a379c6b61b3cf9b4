import { compareValues, type Document, type Value } from '@aerolithdb/protocol';
import type { Expression, Scope } from '../../expression/expression.ts';
import { compareSortKeys, type Sort, sortKey } from '../../sort.ts';
import { type Run, scopeOf } from '../run.ts';
import { valueKey } from '../value-key.ts';

/** Documents of one partition, in the order of the sort. */
export type Partition = {
  readonly scopes: readonly Scope[];
  /** What each is sorted by; empty without a sort. */
  readonly keys: readonly (readonly Value[])[];
};

/** Partitions in the order of what they have in common, each in the order of the sort; equal ones in the order they come. */
export function partitionsOf(
  documents: readonly Document[],
  partitionBy: Expression | undefined,
  sort: Sort,
  run: Run,
): readonly Partition[] {
  const groups = new Map<string, { readonly id: Value; readonly scopes: Scope[] }>();
  for (const document of documents) {
    const scope = scopeOf(run, document);
    const id = partitionBy?.evaluate(scope) ?? null;
    const key = valueKey(id);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { id, scopes: [scope] });
    else group.scopes.push(scope);
  }
  const inOrder = [...groups.values()].sort((a, b) => compareValues(a.id, b.id));
  return inOrder.map(({ scopes }) => sorted(scopes, sort));
}

function sorted(scopes: readonly Scope[], sort: Sort): Partition {
  const rows = scopes.map((scope) => ({ scope, key: sortKey(sort, scope.root) }));
  if (sort.length > 0) rows.sort((a, b) => compareSortKeys(sort, a.key, b.key));
  return { scopes: rows.map(({ scope }) => scope), keys: rows.map(({ key }) => key) };
}
