import { LIMITS, parseDocument, type StoredText } from '@aerolithdb/protocol';
import { assertRegexOfWrite, bindFilterOfWrite, type Filter, parseFilter } from '@aerolithdb/query';
import type { BlockContext } from './block-context.ts';
import type { CollectionState } from './collection-state.ts';
import { idEquality } from './id-equality.ts';

/**
 * The filter of a command: `$$NOW` is the time of the block, what chance decides is refused, and so are expressions that take more
 * steps on a document than `QUERY_LIMITS` allows in a collection of this size, and regular expressions that are too large. Throws what
 * `parseFilter` throws.
 */
export function commandFilter(context: BlockContext, collection: CollectionState, text: StoredText): Filter {
  const filter = parseFilter(parseDocument(text), { deterministic: true });
  assertRegexOfWrite(filter);
  const visited = idEquality(filter) === undefined ? collection.documents : 1;
  return bindFilterOfWrite(filter, { variables: new Map(), now: context.time }, visited);
}

/** How many documents an update with this filter may change, at most. */
export function changedAtMost(collection: CollectionState, filter: Filter, multi: boolean): number {
  return multi && idEquality(filter) === undefined ? Math.min(collection.documents, LIMITS.changesPerCommand) : 1;
}
