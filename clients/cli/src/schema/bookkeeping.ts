import { type AerolithDatabase, AerolithError } from '@aerolithdb/client';

/** The collection that holds the lock and the ledger of what ran. */
export const BOOKKEEPING = '_schema';

export type Direction = 'up' | 'down';

/** A call that was begun and is not known to be complete. */
export type CurrentCall = {
  /** As `callText` writes it. */
  readonly call: string;
  /** The last document of the last batch that was applied; absent before the first. */
  readonly after?: { readonly id: unknown };
  readonly batches: number;
  readonly documents: number;
};

/** One run of one migration in one direction: the ledger is the list of these. */
export type Run = {
  readonly _id: number;
  readonly kind: 'run';
  readonly version: string;
  readonly file: string;
  /** SHA-256 of the file. */
  readonly hash: string;
  readonly direction: Direction;
  readonly state: 'running' | 'done' | 'failed';
  /** Who ran it, and the lock under which it did. */
  readonly owner: string;
  readonly token: string;
  readonly startedAt: Date;
  readonly endedAt?: Date;
  /** Milliseconds that it ran, without those before a crash. */
  readonly ms: number;
  /** Of the log, when all of it was done. */
  readonly height?: number;
  /** Documents that its batches went through. */
  readonly documents: number;
  /** The calls that are complete, in their order. */
  readonly calls: readonly string[];
  readonly current: CurrentCall | null;
  readonly error?: string;
};

/** Every run, in order. None where nothing ever ran. */
export async function readRuns(database: AerolithDatabase): Promise<readonly Run[]> {
  try {
    return await database
      .collection<Run>(BOOKKEEPING)
      .find({ kind: 'run' }, { sort: { _id: 1 } })
      .toArray();
  } catch (error) {
    if (hasCode(error, 'unknown_collection')) return [];
    throw error;
  }
}

/** Makes the collection where it is missing. */
export async function makeBookkeeping(database: AerolithDatabase): Promise<void> {
  try {
    await database.collection(BOOKKEEPING).describe();
    return;
  } catch (error) {
    if (!hasCode(error, 'unknown_collection')) throw error;
  }
  try {
    await database.createCollection(BOOKKEEPING);
  } catch (error) {
    if (!hasCode(error, 'collection_exists')) throw error;
  }
}

export function hasCode(error: unknown, ...codes: readonly string[]): boolean {
  return error instanceof AerolithError && codes.includes(error.code);
}
