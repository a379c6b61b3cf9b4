import type { ReadFacts } from '@aerolithdb/engine/read';
import type { ReadAnswer, ReadRequest } from '@aerolithdb/protocol';
import type { WireError } from './wire-error.ts';

export type ReaderSetup = {
  readonly folder: string;
  readonly reader: ReaderEngineOptions;
  /** Two 32-bit numbers: a batch, and the index of the last of its requests that is still wanted. */
  readonly dropped: SharedArrayBuffer;
  /** Memory of an `EndGuard`. */
  readonly guard: SharedArrayBuffer;
};

/** What of the reader's options crosses to its thread. */
export type ReaderEngineOptions = {
  /** Bytes of the page cache. */
  readonly cacheBytes?: number;
  /** MiB that the values of a read may take. */
  readonly heapMegabytes?: number;
};

/** To a reader: requests to be answered in their order. `slowMs`: a read that takes longer is looked at. */
export type ToReader = { readonly batch: number; readonly requests: readonly ReadRequest[]; readonly slowMs: number };

/** What a read did that was looked at, and how many it stands for. */
export type FollowedRead = { readonly facts: ReadFacts; readonly standsFor: number };

export type ReadEnd = { readonly answer: ReadAnswer; readonly followed?: FollowedRead } | { readonly failed: WireError };

/** From a reader: the next ends of a batch, in order. Batches count from 1; batch 0 says that the thread has started. */
export type FromReader = { readonly batch: number; readonly ends: readonly ReadEnd[] };
