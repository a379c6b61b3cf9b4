import { parseDocument, type StoredText } from '@aerolithdb/protocol';
import { bindFilterOfWrite, type Filter, parseFilter } from '@aerolithdb/query';
import type { BlockContext } from './block-context.ts';

/**
 * The filter of a command: `$$NOW` is the time of the block, what chance decides is refused, and so are expressions that take more
 * steps on a document than `QUERY_LIMITS` allows. Throws what `parseFilter` throws.
 */
export function commandFilter(context: BlockContext, text: StoredText): Filter {
  const filter = parseFilter(parseDocument(text), { deterministic: true });
  return bindFilterOfWrite(filter, { variables: new Map(), now: context.time });
}
