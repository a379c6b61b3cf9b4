import {
  AerolithError,
  type Change,
  type ChangesRequest,
  heightOf,
  type ReadAnswer,
  storedToRelaxed,
} from '@aerolithdb/protocol';
import { blockChanges } from './block-changes.ts';
import { lastPosition } from './past-height.ts';
import { wholeNumber } from './query-parts.ts';
import { collectionNamed, type ReadContext } from './read-context.ts';
import { READ_LIMITS } from './read-limits.ts';

/**
 * Changes after a position, in order, as a JSON array. `position` is where to go on from, also when nothing matched. One read goes
 * through a bounded number of blocks: `height` is the last one it has seen to its end, so that a caller knows whether to wait.
 * Throws `invalid_position` when `since` is ahead of the log; `unknown_collection` when nothing is left to come for that name.
 */
export function changes(context: ReadContext, request: ChangesRequest): ReadAnswer {
  const { since, collection } = request;
  const limit = Math.max(1, wholeNumber('limit', request.limit) ?? 1);
  assertReached(since, context.height);
  const texts: string[] = [];
  let units = 0;
  const first = Math.max(1, heightOf(since));
  const last = Math.min(context.height, first + READ_LIMITS.changeBlocks - 1);
  for (let height = first; height <= last; height++) {
    const block = context.blocks.block(height);
    if (block === undefined) throw new RangeError(`The ledger has no block ${height}, though its head is ${context.height}.`);
    if (collection !== undefined && !block.body.manifest.collections.some(([name]) => name === collection)) continue;
    for (const change of blockChanges(block)) {
      if (change.position <= since || (collection !== undefined && change.collection !== collection)) continue;
      const text = changeText(change);
      texts.push(text);
      units += text.length;
      if (texts.length >= limit || units >= READ_LIMITS.answerBytes) return page(texts, change.position, height);
    }
  }
  if (texts.length === 0 && last === context.height && collection !== undefined) collectionNamed(context.catalogue, collection);
  return page(texts, Math.max(since, lastPosition(last)), last);
}

function page(texts: readonly string[], position: number, height: number): ReadAnswer {
  return { height, text: `[${texts.join(',')}]`, count: texts.length, position };
}

function assertReached(since: number, head: number): void {
  if (Number.isSafeInteger(since) && since >= 0 && heightOf(since) <= head) return;
  throw new AerolithError('invalid_position', `The position ${since} is not one of this log, which is at height ${head}.`, {
    position: since,
    height: head,
  });
}

/** Begins with the position; readers of the stream rely on it. */
export function changeText(change: Change): string {
  const id = change.id === undefined ? '' : `,"id":${storedToRelaxed(change.id)}`;
  const document = change.document === undefined ? '' : `,"document":${storedToRelaxed(change.document)}`;
  return `{"position":${change.position},"height":${change.height},"time":${change.time},"kind":"${change.kind}","collection":${JSON.stringify(change.collection)}${id},"version":${change.version}${document},"previousHash":"${change.previousHash}","hash":"${change.hash}"}`;
}
