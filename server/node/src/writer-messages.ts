import type { Head } from '@aerolithdb/protocol';
import type { Synced } from '@aerolithdb/storage';
import type { PackedCommands } from './command-packing.ts';
import type { WireError } from './wire-error.ts';

/** What the writer is started with. */
export type WriterSetup = { readonly folder: string; readonly engine: WriterEngineOptions };

/** What of the engine's options crosses to the writer. */
export type WriterEngineOptions = {
  /** Bytes of the page cache. */
  readonly cacheBytes?: number;
};

/** To the writer. */
export type ToWriter = NewsMessage | { readonly kind: 'syncFailed'; readonly error: WireError } | { readonly kind: 'close' };

/** What one turn of the client's event loop has to say. */
export type NewsMessage = {
  readonly kind: 'news';
  /** Numbered from `first` in their order. */
  readonly first: number;
  readonly commands: PackedCommands;
  /** All blocks up to this height are on the disk. */
  readonly durable: number;
};

/** A block that was committed; nobody may be told of it before a sync that begins from now on has ended. */
export type BlockMessage = {
  readonly kind: 'block';
  readonly numbers: readonly number[];
  readonly ends: string;
  readonly head: Head;
  readonly synced: Synced;
};

/** From the writer. `ends` is what `packEnds` makes, for the commands of these numbers. */
export type FromWriter =
  | { readonly kind: 'ready'; readonly head: Head }
  | { readonly kind: 'refused'; readonly error: WireError }
  /** These ended without a block that holds them. */
  | { readonly kind: 'ends'; readonly numbers: readonly number[]; readonly ends: string }
  | BlockMessage
  /** The log could not make its blocks durable and takes no more. */
  | { readonly kind: 'failed'; readonly error: WireError }
  | { readonly kind: 'closed' };
