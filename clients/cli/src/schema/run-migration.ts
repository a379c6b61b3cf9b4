import { type AerolithDatabase, AerolithError } from '@aerolithdb/client';
import { CliError, EXIT } from '../program/cli-error.ts';
import { type Batching, type Call, callSentence, callText, isDataCall } from './call.ts';
import { changeCatalogue } from './change-catalogue.ts';
import type { Journal } from './journal.ts';
import type { Play } from './load-migration.ts';
import { type BatchWatch, runBatches } from './run-batches.ts';

export type RunWatch = {
  /** Before a call is carried out; what it resolves with is told how many documents the call has gone through. */
  readonly onCall: (call: Call) => Promise<(documents: number) => void>;
  readonly signal: AbortSignal;
};

/** Failures after which nobody knows whether a command was applied. */
const UNCERTAIN: ReadonlySet<string> = new Set([
  'unreachable',
  'timeout',
  'internal',
  'overloaded',
  'log_closed',
  'storage_failed',
]);

/**
 * Plays one direction of a migration to its end. Calls that the journal holds as complete are passed over, the current one goes on.
 * Throws `migration_failed`, `migration_changed`, `interrupted`, `schema_lock_lost`; the journal then says how far it came.
 */
export async function runMigration(database: AerolithDatabase, journal: Journal, play: Play, watch: RunWatch): Promise<void> {
  const begunAt = performance.now();
  const msBefore = journal.run.ms;
  const ms = () => msBefore + Math.round(performance.now() - begunAt);
  const player = new Player(database, journal, watch);
  try {
    await play((call, batching) => player.perform(call, batching));
    player.assertAllPlayed();
    const { height } = await database.status();
    await journal.write({ state: 'done', ms: ms(), height, endedAt: new Date() });
  } catch (error) {
    if (error instanceof CliError && error.code !== 'usage') throw error;
    throw await failed(journal, error, ms());
  }
}

class Player {
  readonly #database: AerolithDatabase;
  readonly #journal: Journal;
  readonly #watch: RunWatch;
  /** Calls that the record holds as complete from runs before this one. */
  readonly #complete: readonly string[];
  #played = 0;

  constructor(database: AerolithDatabase, journal: Journal, watch: RunWatch) {
    this.#database = database;
    this.#journal = journal;
    this.#watch = watch;
    this.#complete = journal.run.calls;
  }

  async perform(call: Call, batching: Batching = {}): Promise<void> {
    const text = callText(call);
    const at = this.#played;
    this.#played += 1;
    if (at < this.#complete.length) {
      if (text !== this.#complete[at]) throw this.#changed(at, call);
      return;
    }
    this.#assertGoingOn();
    const again = await this.#begin(text, at, call);
    const onBatch = await this.#watch.onCall(call);
    if (isDataCall(call)) {
      const watch: BatchWatch = { onBatch, assertGoingOn: () => this.#assertGoingOn() };
      await this.#journal.complete(await runBatches(this.#database, this.#journal, call, batching, watch));
      return;
    }
    await changeCatalogue(this.#database, call, again);
    await this.#journal.complete({ call: text, batches: 0, documents: 0 });
  }

  /** Resolves with whether the call was begun before. */
  async #begin(text: string, at: number, call: Call): Promise<boolean> {
    const { current } = this.#journal.run;
    if (current?.call === text) return true;
    if (current !== null && !isUntouched(current)) throw this.#changed(at, call);
    await this.#journal.begin(text);
    return false;
  }

  /** Throws when the migration ended before all that it had done was passed. */
  assertAllPlayed(): void {
    if (this.#played >= this.#complete.length + (this.#journal.run.current === null ? 0 : 1)) return;
    throw this.#changed(this.#played, undefined);
  }

  #changed(at: number, call: Call | undefined): CliError {
    const { file } = this.#journal.run;
    const now = call === undefined ? 'it now ends there' : `it would now ${callSentence(call)}`;
    const sentence = `The migration ${file} goes on at call ${at + 1}, which was another one before: ${now}. Make its first calls what they were.`;
    return new CliError('migration_changed', sentence, EXIT.refused, { file, call: at + 1 });
  }

  #assertGoingOn(): void {
    if (!this.#watch.signal.aborted) return;
    const { file, current } = this.#journal.run;
    const after = current !== null && current.batches > 0 ? ` after batch ${current.batches}` : '';
    const sentence = `Stopped as asked in ${file}${after}; the next "aerolith schema apply" goes on there.`;
    throw new CliError('interrupted', sentence, EXIT.interrupted, { file });
  }
}

/** Whether a call that was begun has changed nothing for certain. */
export function isUntouched(current: { readonly call: string; readonly batches: number }): boolean {
  return current.batches === 0 && /"kind":"(?:eachBatch|updateDocuments)"/.test(current.call);
}

/** Records the failure where that can be done; a refusal of the server means that the call was not applied. */
async function failed(journal: Journal, error: unknown, ms: number): Promise<CliError> {
  const reason = error instanceof Error ? error.message : String(error);
  const code = error instanceof AerolithError ? error.code : undefined;
  const { file, current, calls } = journal.run;
  const where = `call ${calls.length + 1}${current !== null && current.batches > 0 ? `, after batch ${current.batches}` : ''}`;
  const sentence = `The migration ${file} failed at ${where}: ${reason.replace(/[.\s]+$/, '')}. What was done until there stays; mend it and run apply again.`;
  const details = { file, call: calls.length + 1, ...(code !== undefined && { reason: code }) };
  const isRefused = code !== undefined && !UNCERTAIN.has(code) && current?.batches === 0;
  try {
    await journal.write({
      state: 'failed',
      ms,
      error: reason.slice(0, 2000),
      endedAt: new Date(),
      ...(isRefused && { current: null }),
    });
  } catch (second) {
    return new CliError('migration_failed', `${sentence} (That could not be recorded: ${String(second)})`, EXIT.other, details);
  }
  return new CliError('migration_failed', sentence, EXIT.other, details);
}
