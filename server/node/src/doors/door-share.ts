import type { OrderedLog } from '@aerolithdb/log';
import type { DoorServices } from './door-services.ts';

/** What a node has once and its doors use together. */
export type DoorShare = {
  readonly folder: string;
  readonly log: OrderedLog;
  readonly services: DoorServices;
  /** Memory of the `PrincipalRevision`. */
  readonly principals: SharedArrayBuffer;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  /** Bytes of the page cache of each door's reader. */
  readonly cacheBytes: number;
};
