import type { MessagePort } from 'node:worker_threads';
import type { DoorMemory, RestOptions } from '@aerolithdb/api';
import type { Head } from '@aerolithdb/protocol';
import type { PackedCommands } from '../command-packing.ts';
import type { WireError } from '../wire-error.ts';
import type { ServiceName } from './door-services.ts';

/** What a door thread is started with. */
export type DoorSetup = {
  readonly folder: string;
  /** Bytes of the page cache of its reader. */
  readonly cacheBytes: number;
  readonly heads: HeadsEnd;
  /** Memory of the `PrincipalRevision` of the node. */
  readonly principals: SharedArrayBuffer;
  /** When the node was started, in milliseconds since 1970. */
  readonly startedAt: number;
  readonly memory: DoorMemory;
  readonly place: number;
  readonly rest: Pick<RestOptions, 'host' | 'port' | 'tls' | 'limits' | 'cors'>;
};

/** A door's end of the `HeadFeed`. */
export type HeadsEnd = {
  readonly port: MessagePort;
  /** One 32-bit number: how many heads were sent, to all doors. */
  readonly sent: SharedArrayBuffer;
  /** The last head before those that come by the port, and `sent` at that moment. */
  readonly head: Head;
  readonly sentBefore: number;
};

export type DoorRequest = { readonly method: string; readonly path: string };

/** To the main thread. */
export type FromDoor =
  | { readonly kind: 'listening' }
  | { readonly kind: 'refused'; readonly error: WireError }
  /** Numbered from `first` in their order. */
  | { readonly kind: 'commands'; readonly first: number; readonly commands: PackedCommands }
  | { readonly kind: 'calls'; readonly calls: readonly ServiceCall[] }
  | { readonly kind: 'fault'; readonly error: WireError; readonly request: DoorRequest }
  | { readonly kind: 'refusedLogin'; readonly request: DoorRequest & { readonly address: string } }
  | { readonly kind: 'closed' };

export type ServiceCall = { readonly number: number; readonly name: ServiceName; readonly arguments: readonly unknown[] };

/** To a door thread. `ends` is what `packEnds` makes, for the commands of these numbers. */
export type ToDoor =
  | { readonly kind: 'ends'; readonly numbers: readonly number[]; readonly ends: string }
  | { readonly kind: 'results'; readonly results: readonly CallEnd[] }
  /** The log reaches no further height. */
  | { readonly kind: 'logFailed'; readonly error: WireError }
  | { readonly kind: 'certificate'; readonly tls: { readonly key: string; readonly cert: string } }
  | { readonly kind: 'close' };

export type CallEnd = { readonly number: number } & ({ readonly result: unknown } | { readonly failed: WireError });
