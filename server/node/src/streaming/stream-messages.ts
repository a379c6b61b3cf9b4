import type { WireError } from '../wire-error.ts';

/** Where the bytes of a stream leave a thread by. */
export type OutletSetup = {
  /** One 32-bit number: bytes that were sent through memory and not taken yet. */
  readonly ahead: SharedArrayBuffer;
  /** Descriptor of an empty file, open for reading and writing. */
  readonly spool: number;
};

/** Asks a thread for a stream. One at a time. */
export type ToStream<Job> = { readonly job: Job; readonly outlet: OutletSetup };

/** From the thread, in this order: `begun`, any number of `bytes` and `spooled`, `end`; or `failed` at any time. */
export type FromStream<About> =
  | { readonly kind: 'begun'; readonly about: About }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  /** So many further bytes stand in the spool. */
  | { readonly kind: 'spooled'; readonly length: number }
  | { readonly kind: 'end' }
  | { readonly kind: 'failed'; readonly error: WireError };
