import { position, type Receipt } from '@aerolithdb/protocol';
import type { BlockContext } from './block-context.ts';
import type { OperationDone } from './operation-done.ts';

/** The receipt of what was done since change `first` of the block. */
export function receiptOf(
  { height, time, changes }: BlockContext,
  commandId: string,
  done: OperationDone,
  first: number,
): Receipt {
  const changed = changes.length > first;
  const at = position(height, changed ? changes.length - 1 : 0);
  return { height, position: at, commandId, version: changed ? at : (done.unchangedVersion ?? at), time };
}
