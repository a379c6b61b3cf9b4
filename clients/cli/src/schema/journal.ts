import type { AerolithDatabase, Transaction } from '@aerolithdb/client';
import { CliError, EXIT } from '../program/cli-error.ts';
import { BOOKKEEPING, type CurrentCall, type Direction, type Run } from './bookkeeping.ts';
import type { MigrationFile } from './migration-files.ts';
import type { MigrationLock } from './migration-lock.ts';

type Change = Partial<Omit<Run, '_id' | 'kind'>>;

/**
 * What is known of one run, written as it goes on. Each write is a transaction that holds the lock and finds the run as this program
 * left it, so that a batch whose progress is recorded here is applied once.
 */
export class Journal {
  readonly #database: AerolithDatabase;
  readonly #lock: MigrationLock;
  #run: Run;

  private constructor(database: AerolithDatabase, lock: MigrationLock, run: Run) {
    this.#database = database;
    this.#lock = lock;
    this.#run = run;
  }

  get run(): Run {
    return this.#run;
  }

  /** A new run, or one that goes on. */
  static async open(
    database: AerolithDatabase,
    lock: MigrationLock,
    { version, file, hash }: MigrationFile,
    start: { readonly direction: Direction; readonly unfinished: Run | undefined; readonly next: number },
  ): Promise<Journal> {
    const mine = { hash, file, owner: lock.owner, token: lock.token, state: 'running' } as const;
    const { direction, unfinished, next } = start;
    if (unfinished !== undefined) {
      const journal = new Journal(database, lock, unfinished);
      await journal.write(mine);
      return journal;
    }
    const begun = { startedAt: new Date(), ms: 0, documents: 0, calls: [], current: null };
    const run: Run = { _id: next, kind: 'run', version, direction, ...mine, ...begun };
    await database.transaction(async (transaction) => {
      await lock.hold(transaction);
      await transaction.collection<Run>(BOOKKEEPING).insertOne(run);
    });
    return new Journal(database, lock, run);
  }

  /** Records a change of the run. `work` adds to the same transaction; what it resolves with is recorded too. */
  async write(change: Change, work?: (transaction: Transaction) => Promise<Change | undefined>): Promise<void> {
    let written: Change = change;
    await this.#database.transaction(async (transaction) => {
      await this.#lock.hold(transaction);
      await this.#assertAsLeft(transaction);
      written = { ...change, ...(await work?.(transaction)) };
      if (Object.keys(written).length === 0) return;
      await transaction.collection<Run>(BOOKKEEPING).updateOne({ _id: this.#run._id }, { $set: written });
    });
    this.#run = { ...this.#run, ...written };
  }

  async begin(call: string): Promise<void> {
    await this.write({ current: { call, batches: 0, documents: 0 } });
  }

  /** The current call is complete. */
  async complete(current: CurrentCall): Promise<void> {
    const { calls, documents } = this.#run;
    await this.write({ calls: [...calls, current.call], documents: documents + current.documents, current: null });
  }

  async #assertAsLeft(transaction: Transaction): Promise<void> {
    const stored = await transaction.collection<Run>(BOOKKEEPING).get(this.#run._id);
    if (stored !== null && progressOf(stored) === progressOf(this.#run)) return;
    const sentence = `The record of ${this.#run.file} was changed by another program; nothing was written since. Look at it with: aerolith find ${BOOKKEEPING}`;
    throw new CliError('schema_lock_lost', sentence, EXIT.refused, { run: this.#run._id });
  }
}

function progressOf({ token, state, calls, current }: Run): string {
  return JSON.stringify([token, state, calls.length, current?.batches ?? -1]);
}
