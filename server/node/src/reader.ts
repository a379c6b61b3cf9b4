import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { keepZstdUninterrupted, Reader } from '@aerolithdb/engine/read';
import type { ReadRequest } from '@aerolithdb/protocol';
import { EndGuard } from './end-guard.ts';
import type { FromReader, ReadEnd, ReaderSetup, ToReader } from './reader-messages.ts';
import { toWire } from './wire-error.ts';

/** Program of a reader's thread: one reader of the file, one request after the other. */

/** Answers wait at most this long for others to cross with, so that the pool knows which request is running. */
const FLUSH_MS = 2;

/** Tells the pool that the time of a request counts from now on. */
const STARTED: FromReader = { batch: 0, ends: [] };

function serve(port: MessagePort, { folder, reader: options, dropped, guard }: ReaderSetup): void {
  keepZstdUninterrupted(new EndGuard(guard).hold);
  let reader: Reader | undefined;
  const open = () => {
    reader ??= Reader.open(folder, options);
    return reader;
  };
  const cut = new Int32Array(dropped);
  const read = (request: ReadRequest): ReadEnd => {
    try {
      return { answer: open().read(request) };
    } catch (thrown) {
      return { failed: toWire(thrown) };
    }
  };
  port.on('message', ({ batch, requests }: ToReader) => {
    let ends: ReadEnd[] = [];
    let flushAt = performance.now() + FLUSH_MS;
    const flush = () => {
      if (ends.length > 0) port.postMessage({ batch, ends } satisfies FromReader);
      ends = [];
      flushAt = performance.now() + FLUSH_MS;
    };
    for (const [index, request] of requests.entries()) {
      if (Atomics.load(cut, 0) === batch && index > Atomics.load(cut, 1)) break;
      ends.push(read(request));
      if (performance.now() >= flushAt) flush();
    }
    flush();
  });
  port.postMessage(STARTED);
}

if (parentPort !== null) serve(parentPort, workerData as ReaderSetup);
