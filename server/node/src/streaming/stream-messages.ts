import type { WireError } from '../wire-error.ts';

/**
 * Where the bytes of a stream leave a thread by: 32-bit numbers, at the places below. The thread waits for changes of both.
 *
 * - `AHEAD`: bytes that were sent through memory and not taken yet.
 * - `SPOOL`: descriptor of an empty file, open for reading and writing, once the thread has asked for one; 0 before.
 */
export type OutletMemory = SharedArrayBuffer;

export const [AHEAD, SPOOL] = [0, 1] as const;
export const OUTLET_BYTES = 8;

/** Asks a thread for a stream. One at a time. */
export type ToStream<Job> = { readonly job: Job; readonly outlet: OutletMemory };

/** From the thread, in this order: `begun`, any number of `bytes`, `spool` and `spooled`, `end`; or `failed` at any time. */
export type FromStream<About> =
  | { readonly kind: 'begun'; readonly about: About }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  /** Asks for a file, and waits for it. Once. */
  | { readonly kind: 'spool' }
  /** So many further bytes stand in the spool. */
  | { readonly kind: 'spooled'; readonly length: number }
  | { readonly kind: 'end' }
  | { readonly kind: 'failed'; readonly error: WireError };
