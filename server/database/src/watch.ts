import type { OrderedLog } from '@aerolithdb/log';
import { AerolithError, heightOf, LIMITS, position, type ReadAnswer, type ReadRequest } from '@aerolithdb/protocol';
import { blockAfter } from './block-wait.ts';
import { jsonArrayElements } from './json-array-elements.ts';
import { DOOR_LIMITS } from './limits.ts';

export type WatchOptions = {
  /** Absent: all collections, which needs a role on `*`. */
  readonly collection?: string;
  /** Changes after this position. Absent: those after now. `afterHeight(h)` joins a query at height h without a gap. */
  readonly since?: number;
  /** Ends the stream; the iteration then finishes without an error. */
  readonly signal?: AbortSignal;
};

/** One change. `text` is its JSON object, fit to go out as it is; `position` is what to resume from. */
export type WatchedChange = { readonly position: number; readonly text: string };

/** The position whose changes after it are those of the blocks after this height. */
export function afterHeight(height: number): number {
  return position(height, LIMITS.changesPerBlock - 1);
}

/**
 * The changes after a position, in order, for ever. Each page is read only when the one before is used up, so a slow consumer
 * holds up nobody but itself. There is no gap: whether there is more is decided by comparing the height of the answer with the log's.
 */
export async function* watchChanges(
  log: OrderedLog,
  read: (request: ReadRequest) => Promise<ReadAnswer>,
  { collection, since, signal }: WatchOptions,
): AsyncGenerator<WatchedChange, void, void> {
  let from = since ?? afterHeight(log.head().height);
  while (signal?.aborted !== true) {
    const named = collection === undefined ? {} : { collection };
    const request = { kind: 'changes', ...named, since: from, limit: DOOR_LIMITS.watchPage } as const;
    const answer = await unlessEnded(read(request), signal);
    if (answer === undefined) return;
    const changes = jsonArrayElements(answer.text ?? '[]');
    for (const text of changes) {
      if (isAborted(signal)) return;
      yield { position: positionOf(text), text };
    }
    from = Math.max(from, answer.position ?? from);
    if (changes.length === 0) await blockAfter(log, answer.height, signal);
  }
}

/** Throws `invalid_position` for a position that the log has not reached. */
export function assertReached(log: OrderedLog, since: number | undefined): void {
  if (since === undefined) return;
  const height = log.head().height;
  if (Number.isSafeInteger(since) && since >= 0 && heightOf(since) <= height) return;
  const message = `The position ${since} is not one of this log, which is at height ${height}; use a position out of an earlier change.`;
  throw new AerolithError('invalid_position', message, { position: since, height });
}

/** Undefined when the stream was ended meanwhile: what became of the read then concerns nobody. */
async function unlessEnded(reading: Promise<ReadAnswer>, signal: AbortSignal | undefined): Promise<ReadAnswer | undefined> {
  try {
    return await reading;
  } catch (thrown) {
    if (isAborted(signal)) return undefined;
    throw thrown;
  }
}

/** A function, since the signal changes while a page is given out. */
function isAborted(signal: AbortSignal | undefined): boolean {
  return signal?.aborted === true;
}

/** A change begins with its position. */
function positionOf(change: string): number {
  const match = /^\{"position":(\d+)[,}]/.exec(change);
  if (match === null) throw new Error('A change does not begin with its position.');
  return Number(match[1]);
}
