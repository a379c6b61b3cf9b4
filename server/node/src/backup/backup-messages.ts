import type { About } from '@aerolithdb/engine/backup';
import type { WireError } from '../wire-error.ts';

/** What the thread of a backup is started with. */
export type BackupSetup = {
  readonly folder: string;
  readonly since?: number;
  readonly takenAt: number;
  readonly program: string;
  /** Descriptor of an empty file, open for reading and writing, that takes the state. */
  readonly spool: number;
  /** Memory of an `EndGuard`. */
  readonly guard: SharedArrayBuffer;
};

/** Asks the thread for the next part of the blocks. */
export type ToBackup = { readonly kind: 'next' };

/** From the thread, in this order: `begun`, `spooled` …, `beginning`, then one answer for each `next`. */
export type FromBackup =
  | { readonly kind: 'begun'; readonly about: About }
  /** So many bytes stand in the spool. */
  | { readonly kind: 'spooled'; readonly bytes: number }
  /** The state is in the spool as a whole. */
  | { readonly kind: 'beginning' }
  | { readonly kind: 'part'; readonly bytes: Uint8Array }
  | { readonly kind: 'end' }
  | { readonly kind: 'failed'; readonly error: WireError };
