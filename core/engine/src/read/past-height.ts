import { AerolithError, type At, LIMITS, position } from '@aerolithdb/protocol';
import type { Connection } from '@aerolithdb/storage';
import type { CollectionRecord } from '../catalogue.ts';
import { collectionNamed, type ReadContext } from './read-context.ts';

/** The last position of a height: what was written up to and with it has at most this version. */
export function lastPosition(height: number): number {
  return position(height, LIMITS.changesPerBlock - 1);
}

/** The height of a past state. Throws `invalid_position` when it is malformed or ahead of the log. */
export function heightAt(context: ReadContext, at: At): number {
  if ('height' in at) return checkedHeight(at.height, context.height);
  if (!Number.isFinite(at.time)) throw invalid(`The time ${at.time} is not a number of milliseconds since 1970.`, at);
  return lastBlockBy(context.connection, at.time, context.height);
}

function checkedHeight(height: number, head: number): number {
  if (!Number.isSafeInteger(height) || height < 0)
    throw invalid(`The height ${height} is not a whole number from 0 on.`, { height });
  if (height > head)
    throw invalid(
      `The height ${height} is ahead of the log, which is at height ${head}. Leave "at" out to read the newest state.`,
      {
        height,
        head,
      },
    );
  return height;
}

function invalid(message: string, details: Record<string, unknown>): AerolithError {
  return new AerolithError('invalid_position', message, details);
}

/** Block times never fall, so a search by halves finds the last block whose time is not after `time`. */
function lastBlockBy(connection: Connection, time: number, head: number): number {
  const timeOf = connection.prepare<number>('SELECT time FROM blocks WHERE height = ?', 'pluck');
  let low = 0;
  let high = head;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((timeOf.get(middle) ?? 0) <= time) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The collection as it was named at that height. Throws `unknown_collection` also when it was created later. */
export function collectionAt(context: ReadContext, name: string, height: number): CollectionRecord {
  const record = collectionNamed(context.catalogue, name);
  if (record.created <= lastPosition(height)) return record;
  throw new AerolithError('unknown_collection', `The collection "${name}" did not exist at height ${height}.`, {
    collection: name,
    height,
  });
}
