import { parseDocument, type StoredText } from '@aerolithdb/protocol';
import { bindFilter, type Filter, parseFilter } from '@aerolithdb/query';
import type { BlockContext } from './block-context.ts';

/** The filter of a command: `$$NOW` is the time of the block, and what chance decides is refused. Throws what `parseFilter` throws. */
export function commandFilter(context: BlockContext, text: StoredText): Filter {
  const filter = parseFilter(parseDocument(text), { deterministic: true });
  return bindFilter(filter, { variables: new Map(), now: context.time });
}
