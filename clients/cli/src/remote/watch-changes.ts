import { setTimeout as delay } from 'node:timers/promises';
import { LIMITS, position } from '@aerolithdb/protocol';
import { CliError } from '../program/cli-error.ts';
import { numberIn, parseAnswer } from './answers.ts';
import { readEvents } from './event-stream.ts';
import { collectionPath } from './paths.ts';
import { refusal } from './refusal.ts';
import type { RestClient } from './rest-client.ts';

export type WatchRequest = {
  /** Absent: all collections. */
  readonly collection?: string;
  /** Changes after this position; absent: those after now. */
  readonly since?: number;
  readonly signal: AbortSignal;
  /** Told when the connection broke and a new one is tried. */
  readonly onLost: (why: string) => void;
};

export type WatchedChange = { readonly position: number; readonly text: string };

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 5000;

/** What a stream may end with and be taken up again. */
const PASSING = new Set(['unreachable', 'overloaded', 'timeout', 'log_closed']);

/**
 * The changes after a position, for ever, without gap or repeat: a stream that breaks is taken up after the last position that
 * came. Ends when the signal is aborted. Throws what the server refuses, and `unreachable` when the first connection fails.
 */
export async function* watchChanges(client: RestClient, request: WatchRequest): AsyncGenerator<WatchedChange> {
  let since = request.since ?? (await positionOfNow(client));
  let pause = FIRST_PAUSE_MS;
  for (let connected = false; ; ) {
    try {
      for await (const change of oneStream(client, request.collection, since)) {
        connected = true;
        pause = FIRST_PAUSE_MS;
        if (change === undefined) continue;
        since = change.position;
        yield change;
      }
      request.onLost('the server ended the stream');
    } catch (error) {
      if (request.signal.aborted) return;
      if (!connected || !(error instanceof CliError) || !PASSING.has(error.code)) throw error;
      request.onLost(error.message);
    }
    await delay(pause, undefined, { signal: request.signal }).catch(() => undefined);
    if (request.signal.aborted) return;
    pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
  }
}

/** The position after the last block there is now. */
async function positionOfNow(client: RestClient): Promise<number> {
  const { text } = await client.send({ path: '/v1/status' });
  return position(numberIn(parseAnswer(text), 'height'), LIMITS.changesPerBlock - 1);
}

/** One connection; `undefined` first, when it stands. */
async function* oneStream(
  client: RestClient,
  collection: string | undefined,
  since: number,
): AsyncGenerator<WatchedChange | undefined> {
  const base = collection === undefined ? '/v1' : collectionPath(collection);
  const body = await client.open({ path: `${base}/changes?since=${since}`, accept: 'text/event-stream' });
  yield undefined;
  try {
    for await (const { id, event, data } of readEvents(body)) {
      if (event === 'error') throw refusal(200, data, true);
      yield { position: Number(id), text: data };
    }
  } catch (error) {
    throw error instanceof CliError ? error : client.broken(error);
  } finally {
    body.destroy();
  }
}
