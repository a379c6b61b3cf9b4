import type { Surroundings } from './surroundings.ts';

export type Status = {
  readonly mode: 'single';
  readonly height: number;
  /** Hash of the last block. */
  readonly hash: string;
  /** Time of the last block, milliseconds since 1970; 0 when there is none. */
  readonly time: number;
  readonly version: string;
  readonly uptimeMs: number;
  /** An acknowledged write is on the disk. */
  readonly durability: 'fsync';
  readonly storage: {
    readonly fileBytes: number;
    readonly walBytes: number;
    readonly collections: number;
    readonly documents: number;
  };
};

export function statusOf({ log, reader, now, storageFigures, version }: Surroundings, startedAt: number): Status {
  const { collections } = reader.catalogue();
  const documents = collections.reduce((sum, collection) => sum + collection.documents, 0);
  const { height, hash, time } = log.head();
  const storage = { ...storageFigures(), collections: collections.length, documents };
  return { mode: 'single', height, hash, time, version, uptimeMs: now() - startedAt, durability: 'fsync', storage };
}
