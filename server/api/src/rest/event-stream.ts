import type { ServerResponse } from 'node:http';
import type { WatchedChange } from '@aerolithdb/database';
import type { Wire } from './endpoint.ts';
import type { RestLimits } from './limits.ts';
import { problemOf } from './problem.ts';

type Changes = AsyncIterable<WatchedChange>;

/** Milliseconds after which a browser comes back when the stream breaks. */
const RETRY_MS = 2000;

/**
 * Sends changes as Server-Sent Events (WHATWG HTML, section 9.2) until the client leaves, the server closes or the changes end.
 *
 * 1. `id` of each event is the position of the change, so `Last-Event-ID` resumes after it.
 * 2. Nothing is pulled while the buffer of the socket is full; a client whose buffer stays full for `stalledStreamMs` is closed.
 * 3. What `open` throws is thrown, before anything is sent. A later failure is told as a last event named `error`, whose data
 *    is the problem.
 */
export async function sendEvents(exchange: Wire, open: (signal: AbortSignal) => Changes, limits: RestLimits): Promise<void> {
  const { signal, end } = exchange.openStream();
  try {
    await stream(exchange, open(signal), signal, limits);
  } finally {
    end();
  }
}

async function stream(exchange: Wire, changes: Changes, signal: AbortSignal, limits: RestLimits): Promise<void> {
  const { response } = exchange;
  exchange.sendHead(200, ['content-type', 'text/event-stream; charset=utf-8', 'x-accel-buffering', 'no']);
  response.write(`retry: ${RETRY_MS}\n\n`);
  const heartbeat = setInterval(() => beat(response), limits.heartbeatMs);
  try {
    await pump(response, changes, signal, limits.stalledStreamMs);
  } catch (error) {
    if (!signal.aborted) response.write(`event: error\ndata: ${problemOf(error).body}\n\n`);
  } finally {
    clearInterval(heartbeat);
    response.end();
  }
}

async function pump(response: ServerResponse, changes: Changes, signal: AbortSignal, stalledMs: number): Promise<void> {
  for await (const { position, text } of changes) {
    if (signal.aborted) return;
    const hasRoom = response.write(`id: ${position}\nevent: change\ndata: ${text}\n\n`);
    if (!hasRoom) await drained(response, stalledMs);
  }
}

/** Resolves when the buffer is empty again or the connection is closed; closes it itself after `stalledMs`. */
function drained(response: ServerResponse, stalledMs: number): Promise<void> {
  if (response.closed) return Promise.resolve();
  return new Promise((resolve) => {
    const stalled = setTimeout(() => response.destroy(), stalledMs);
    const settle = (): void => {
      clearTimeout(stalled);
      response.off('drain', settle);
      response.off('close', settle);
      resolve();
    };
    response.once('drain', settle);
    response.once('close', settle);
  });
}

function beat(response: ServerResponse): void {
  if (!response.writableNeedDrain && !response.destroyed) response.write(': alive\n\n');
}
