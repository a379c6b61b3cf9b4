import type { SecretChecks, SlowRead } from '@aerolithdb/database';
import type { ReadAnswer, ReadRequest } from '@aerolithdb/protocol';
import type { StreamSlots } from '../streaming/stream-slots.ts';

/** What the main thread does for a door thread, beside taking its commands: all that a node must have once. */
export type DoorServices = SecretChecks &
  StreamSlots & {
    readonly read: (request: ReadRequest) => Promise<ReadAnswer>;
    /** Indexes have changed: one may have to be built. */
    readonly wakeUpkeep: () => Promise<void>;
    readonly slowReads: () => Promise<readonly SlowRead[]>;
  };

export type ServiceName = keyof DoorServices;

export type ServiceArguments<N extends ServiceName> = Parameters<DoorServices[N]>;

export type ServiceResult<N extends ServiceName> = Awaited<ReturnType<DoorServices[N]>>;
