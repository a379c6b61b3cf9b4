import { randomUUID } from 'node:crypto';
import type { AerolithDatabase, Transaction } from '@aerolithdb/client';
import { CliError, EXIT } from '../program/cli-error.ts';
import { duration } from '../terminal/figures.ts';
import { BOOKKEEPING, makeBookkeeping } from './bookkeeping.ts';
import { isGone, type LockOwner, ownerText, thisProcess } from './lock-owner.ts';

type LockDocument = LockOwner & { readonly _id: 'lock'; readonly token: string; readonly takenAt: Date };
/** `at` and `askedAt` are times of the server, so that no two clocks are compared. */
type Heartbeat = { readonly _id: 'heartbeat'; readonly token: string; readonly at: Date; readonly askedAt?: Date };

const BEAT_MS = 5_000;
/** A holder that gave no sign for so long may be taken for gone. */
const SILENT_MS = 30_000;
const GIVE_BACK_MS = 5_000;

/**
 * One program changes the schema at a time.
 *
 * 1. The document `lock` is made only where there is none; its token is new each time.
 * 2. Every write of a run reads it in its own transaction, so what a holder that lost the lock still sends is refused.
 * 3. Signs of life go into another document: they disturb no transaction.
 * 4. A lock is taken from its holder only when a user asks for it and the holder is gone or silent.
 */
export class MigrationLock implements AsyncDisposable {
  readonly owner: string;
  readonly token: string;
  readonly #database: AerolithDatabase;
  readonly #timer: NodeJS.Timeout;
  #beating: Promise<unknown> = Promise.resolve();

  private constructor(database: AerolithDatabase, owner: LockOwner, token: string) {
    this.#database = database;
    this.owner = ownerText(owner);
    this.token = token;
    this.#timer = setInterval(() => this.#beat(), BEAT_MS).unref();
  }

  /** Throws `schema_locked` while another holds it; with `takeOver` only while that one gives signs of life. */
  static async take(database: AerolithDatabase, takeOver: boolean): Promise<MigrationLock> {
    await makeBookkeeping(database);
    const owner = thisProcess();
    const token = randomUUID();
    const held = await database.transaction((transaction) => write(transaction, owner, token, undefined));
    if (held !== undefined) {
      const refusal = await whyHeld(database, held, takeOver);
      if (refusal !== undefined) throw refusal;
      const since = await database.transaction((transaction) => write(transaction, owner, token, held.token));
      if (since !== undefined) throw lockedBy(since, 'It took it just now; wait until it has ended.');
    }
    return new MigrationLock(database, owner, token);
  }

  /** Makes the transaction fail unless the lock is still ours. Throws `schema_lock_lost`. */
  async hold(transaction: Transaction): Promise<void> {
    const lock = await transaction.collection<LockDocument>(BOOKKEEPING).get('lock');
    if (lock?.token === this.token) return;
    const by = lock === null ? 'is gone' : `was taken over by ${ownerText(lock)}`;
    throw new CliError('schema_lock_lost', `The lock ${by}; this program has stopped and wrote nothing since.`, EXIT.refused);
  }

  /** A sign that is not given is told by its absence. */
  #beat(): void {
    const beat = this.#database
      .collection<Heartbeat>(BOOKKEEPING)
      .updateOne({ _id: 'heartbeat', token: this.token }, { $currentDate: { at: true } });
    this.#beating = beat.then(
      () => undefined,
      () => undefined,
    );
  }

  /** A lock that cannot be given back falls silent, and can then be taken over. */
  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#timer);
    await this.#beating;
    const lock = this.#database.collection<LockDocument>(BOOKKEEPING);
    const given = lock.deleteOne({ _id: 'lock', token: this.token }, { timeoutMs: GIVE_BACK_MS });
    await given.then(
      () => undefined,
      () => undefined,
    );
  }
}

/** Takes the lock where there is none, or where `from` holds it. Resolves with who holds it otherwise. */
async function write(
  transaction: Transaction,
  owner: LockOwner,
  token: string,
  from: string | undefined,
): Promise<LockDocument | undefined> {
  const collection = transaction.collection<LockDocument>(BOOKKEEPING);
  const held = await collection.get('lock');
  if (held !== null && held.token !== from) return held;
  await collection.updateOne({ _id: 'lock' }, { $set: { ...owner, token }, $currentDate: { takenAt: true } }, { upsert: true });
  await transaction
    .collection<Heartbeat>(BOOKKEEPING)
    .updateOne({ _id: 'heartbeat' }, { $set: { token }, $currentDate: { at: true } }, { upsert: true });
  return undefined;
}

/** Why the lock stays where it is; undefined when it may be taken over. */
async function whyHeld(database: AerolithDatabase, held: LockDocument, takeOver: boolean): Promise<CliError | undefined> {
  const beat = await database
    .collection<Heartbeat>(BOOKKEEPING)
    .findOneAndUpdate({ _id: 'heartbeat' }, { $currentDate: { askedAt: true } }, { returnDocument: 'after' });
  const silentMs = beat === null ? SILENT_MS : (beat.askedAt?.getTime() ?? 0) - beat.at.getTime();
  const gone = isGone(held);
  if (!gone && silentMs < SILENT_MS) {
    return lockedBy(held, `Its last sign of life came ${duration(silentMs)} ago; wait until it has ended.`);
  }
  if (takeOver) return undefined;
  const why = gone ? 'That process has ended' : `Its last sign of life came ${duration(silentMs)} ago`;
  return lockedBy(held, `${why}; go on in its place with --take-over.`);
}

function lockedBy(held: LockDocument, advice: string): CliError {
  const sentence = `${ownerText(held)} has held the lock since ${held.takenAt.toISOString()}. ${advice}`;
  const { user, host, pid, takenAt } = held;
  return new CliError('schema_locked', sentence, EXIT.refused, { owner: { user, host, pid }, since: takenAt.toISOString() });
}
