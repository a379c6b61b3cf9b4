import { totalmem } from 'node:os';
import type { NodeOptions } from '../options.ts';
import { error, type Finding, fine, warning } from './finding.ts';
import { sizeText } from './sizes.ts';

const CHECK = 'memory';
const MEBIBYTE = 1_048_576;
/** A process without load, and a reader's thread, both without their page caches. */
const BASE_BYTES = 96 * MEBIBYTE;
const READER_BYTES = 32 * MEBIBYTE;
/** A thread that serves HTTP beside the main thread. */
const HTTP_THREAD_BYTES = 36 * MEBIBYTE;
/** Of page caches: the writer's, which is twice as large as one, and that of the reads by id. */
const FURTHER_CACHES = 3;
const ERROR_BYTES = 64 * MEBIBYTE;

export type Memory = { readonly availableBytes: number; readonly totalBytes: number };

/** What this process could take, a limit of a container included. */
export function measureMemory(): Memory {
  const limit = process.constrainedMemory();
  const totalBytes = limit > 0 ? Math.min(limit, totalmem()) : totalmem();
  return { availableBytes: Math.min(process.availableMemory(), totalBytes), totalBytes };
}

/** `isRunning`: the node has what it needs already, so only what is left counts. */
export function checkMemory(options: NodeOptions, isRunning: boolean, { availableBytes, totalBytes }: Memory): Finding {
  const cacheBytes = (options.readers + FURTHER_CACHES) * options.cacheMegabytes * MEBIBYTE;
  const threadBytes = options.readers * READER_BYTES + (options.httpThreads - 1) * HTTP_THREAD_BYTES;
  const neededBytes = BASE_BYTES + threadBytes + cacheBytes + options.waitingMegabytes * MEBIBYTE;
  const found = `${sizeText(availableBytes)} of ${sizeText(totalBytes)} are available; a node takes up to about ${sizeText(neededBytes)}`;
  const figures = { availableBytes, totalBytes, neededBytes };
  const todo =
    'Stop other programs, give the machine more memory, or lower --cache-megabytes, --readers, --http-threads and --waiting-megabytes.';
  if (availableBytes < ERROR_BYTES) return error(CHECK, found, todo, figures);
  if (!isRunning && availableBytes < neededBytes) return warning(CHECK, found, todo, figures);
  return fine(CHECK, found, figures);
}
