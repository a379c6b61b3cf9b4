import type { ServerResponse } from 'node:http';
import type { WatchedChange } from '@aerolithdb/database';
import { drained } from './drained.ts';
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

function beat(response: ServerResponse): void {
  if (!response.writableNeedDrain && !response.destroyed) response.write(': alive\n\n');
}
