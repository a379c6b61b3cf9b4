import { LIMITS } from '@aerolithdb/protocol';
import type { Filter } from '@aerolithdb/query';
import type { BlockContext } from './block-context.ts';
import type { CollectionState } from './collection-state.ts';
import { selectPage, type Target } from './select-targets.ts';

const PAGE_ROWS = 1024;

/**
 * Calls `visit` with each row that the filter selects after `afterRow`, in the order of rows, up to the changes that the command
 * may still make and `LIMITS.changesPerCommand` rows. `next`: the row to go on after, when more may match.
 * Throws `overloaded` when the block has no room at all.
 */
export function forEachTarget(
  context: BlockContext,
  collection: CollectionState,
  filter: Filter,
  afterRow: number | undefined,
  visit: (target: Target) => void,
): { readonly matched: number; readonly next?: number } {
  let matched = 0;
  let last = afterRow ?? 0;
  context.assertRoom();
  for (;;) {
    const limit = Math.min(PAGE_ROWS, context.room, LIMITS.changesPerCommand - matched);
    if (limit <= 0) return { matched, next: last };
    const page = selectPage(context, collection, filter, last, limit);
    for (const target of page.targets) {
      visit(target);
      matched++;
      last = target.rid;
    }
    if (!page.more) return { matched };
  }
}
