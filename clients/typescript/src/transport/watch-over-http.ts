import { AerolithError } from '@aerolithdb/protocol';
import { isTransient, pause, pauseMs } from './backoff.ts';
import { readEvents } from './event-stream.ts';
import type { FetchAnswer } from './fetch.ts';
import { problemError } from './problem-error.ts';
import type { ChangeText } from './transport.ts';

type Open = (after: number, ended: AbortSignal) => Promise<FetchAnswer>;

type WatchLimits = { readonly since: number; readonly silentMs: number };

/**
 * The changes of an event stream, opened again after the last change that was given out whenever it breaks, falls silent or ends.
 * It goes on until the signal is aborted or the server refuses it.
 */
export async function* watchOverHttp(
  open: Open,
  { since, silentMs }: WatchLimits,
  signal: AbortSignal,
): AsyncGenerator<ChangeText, void, void> {
  let after = since;
  for (let failures = 1; !signal.aborted; failures += 1) {
    let broken: AerolithError = new AerolithError('unreachable', 'The change stream ended.');
    try {
      for await (const change of oneStream(open, after, silentMs, signal)) {
        failures = 0;
        after = change.position;
        yield change;
      }
    } catch (error) {
      if (isAborted(signal)) return;
      if (!isTransient(error)) throw error;
      broken = error;
    }
    if (isAborted(signal)) return;
    await untilPaused(pauseMs(Math.max(failures, 1), broken), signal);
  }
}

/** A function, since the signal changes while a stream is read. */
function isAborted(signal: AbortSignal): boolean {
  return signal.aborted;
}

async function untilPaused(ms: number, signal: AbortSignal): Promise<void> {
  try {
    await pause(ms, signal);
  } catch (reason) {
    if (!signal.aborted) throw reason;
  }
}

async function* oneStream(
  open: Open,
  after: number,
  silentMs: number,
  signal: AbortSignal,
): AsyncGenerator<ChangeText, void, void> {
  const ended = new AbortController();
  const end = (): void => ended.abort(signal.reason);
  signal.addEventListener('abort', end, { once: true });
  const silence = new Silence(silentMs, (error) => ended.abort(error));
  try {
    signal.throwIfAborted();
    const response = await silence.limit(open(after, ended.signal));
    if (!response.ok) {
      const text = await response.text().catch((error: unknown) => broke(error, ended.signal));
      throw problemError(response.status, text, response.headers.get('retry-after'));
    }
    for await (const event of readEvents(chunksOf(response, silence, ended.signal))) {
      if (event?.event === 'error') throw problemError(500, event.data);
      if (event?.event === 'change') yield { position: positionOf(event.data), text: event.data };
    }
  } finally {
    ended.abort();
    signal.removeEventListener('abort', end);
  }
}

/** Throws `unreachable` when the body breaks. */
async function* chunksOf({ body }: FetchAnswer, silence: Silence, signal: AbortSignal): AsyncGenerator<Uint8Array, void, void> {
  if (body === null) return;
  const reader = body.getReader();
  try {
    for (;;) {
      const { done, value } = await silence.limit(reader.read().catch((error: unknown) => broke(error, signal)));
      if (done) return;
      yield value;
    }
  } finally {
    // What becomes of a body that nobody reads any more concerns nobody.
    reader.cancel().catch(() => undefined);
  }
}

function broke(error: unknown, signal: AbortSignal): never {
  if (signal.aborted) throw signal.reason;
  throw new AerolithError('unreachable', `The change stream broke: ${error instanceof Error ? error.message : String(error)}.`);
}

/** Limits how long something is waited for. What nobody waits for may take its time: a reader may be slow. */
class Silence {
  readonly #ms: number;
  readonly #over: (error: AerolithError) => void;

  /** `over`: ends what stayed silent. */
  constructor(ms: number, over: (error: AerolithError) => void) {
    this.#ms = ms;
    this.#over = over;
  }

  /** Throws `unreachable` when it takes too long. */
  limit<T>(promise: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const tooLong = (): void => {
        const error = new AerolithError('unreachable', `The change stream was silent for ${this.#ms} ms.`);
        reject(error);
        this.#over(error);
      };
      const timer = setTimeout(tooLong, this.#ms);
      promise.then(resolve, reject).finally(() => clearTimeout(timer));
    });
  }
}

/** A change begins with its position. */
function positionOf(change: string): number {
  const position = Number(/^\{"position":(\d+)[,}]/.exec(change)?.[1]);
  if (Number.isSafeInteger(position)) return position;
  throw new AerolithError('internal', 'A change without a position came; the server may be newer than this client.');
}
