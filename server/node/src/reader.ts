import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { keepZstdUninterrupted, Reader, ReadTrace } from '@aerolithdb/engine/read';
import type { ReadRequest } from '@aerolithdb/protocol';
import { EndGuard } from './end-guard.ts';
import { ReadSampler } from './read-sampler.ts';
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
  const sampler = new ReadSampler(Number.POSITIVE_INFINITY);
  const read = (request: ReadRequest): ReadEnd => {
    try {
      let standsFor = 0;
      const isFollowed = (trace: ReadTrace) => {
        standsFor = sampler.take(performance.now(), trace.elapsedMs);
        return standsFor > 0;
      };
      const { answer, facts } = open().readTraced(request, new ReadTrace(() => performance.now()), isFollowed);
      return facts === undefined ? { answer } : { answer, followed: { facts, standsFor } };
    } catch (thrown) {
      return { failed: toWire(thrown) };
    }
  };
  port.on('message', ({ batch, requests, slowMs }: ToReader) => {
    sampler.slowMs = slowMs;
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
