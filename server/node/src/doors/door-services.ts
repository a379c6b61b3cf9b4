import type { ReadProfile, SecretChecks, SlowRead } from '@aerolithdb/database';
import type { ReadAnswer, ReadRequest } from '@aerolithdb/protocol';
import type { StreamSlots } from '../streaming/stream-slots.ts';

/** What the main thread does for a door thread, beside taking its commands: all that a node must have once. */
export type DoorServices = SecretChecks &
  StreamSlots & {
    /** `token`: what `endRead` names it by; unique among all doors. */
    readonly read: (request: ReadRequest, token?: string) => Promise<ReadAnswer>;
    readonly endRead: (token: string) => Promise<void>;
    /** Indexes have changed: one may have to be built. */
    readonly wakeUpkeep: () => Promise<void>;
    readonly slowReads: () => Promise<readonly SlowRead[]>;
    readonly profile: () => Promise<ReadProfile>;
  };

export type ServiceName = keyof DoorServices;

export type ServiceArguments<N extends ServiceName> = Parameters<DoorServices[N]>;

export type ServiceResult<N extends ServiceName> = Awaited<ReturnType<DoorServices[N]>>;
