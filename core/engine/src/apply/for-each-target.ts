import type { Filter } from '@aerolithdb/query';
import type { BlockContext } from './block-context.ts';
import type { CollectionState } from './collection-state.ts';
import { selectTargets, type Target } from './select-targets.ts';

/**
 * Calls `visit` with each row that the filter selects after `afterRow`, in the order of rows, as many as the command may still
 * make changes. `next`: the row to go on after, when more may match.
 * Throws `overloaded` when the block has no room at all.
 */
export function forEachTarget(
  context: BlockContext,
  collection: CollectionState,
  filter: Filter,
  afterRow: number | undefined,
  visit: (target: Target) => void,
): { readonly matched: number; readonly next?: number } {
  context.assertRoom();
  const limit = context.room;
  let matched = 0;
  let last = afterRow ?? 0;
  for (const target of selectTargets(context, collection, filter, { afterRow: last, limit })) {
    if (context.room === 0) return { matched, next: last };
    visit(target);
    matched++;
    last = target.rid;
  }
  return matched < limit ? { matched } : { matched, next: last };
}
