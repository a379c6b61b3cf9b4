import type { AerolithDatabase } from '@aerolithdb/client';
import { type Run, readRuns } from './bookkeeping.ts';
import type { Call } from './call.ts';
import { Journal } from './journal.ts';
import { type LoadedMigration, loadMigration, type Play } from './load-migration.ts';
import { brokenMigration, type MigrationFile } from './migration-files.ts';
import { MigrationLock } from './migration-lock.ts';
import { type Goal, ledgerState, type PlannedRun, planRuns } from './plan-runs.ts';
import { runMigration } from './run-migration.ts';

/** A planned run with what it does. */
export type ReadyRun = PlannedRun & { readonly play: Play };

export type ApplyWatch = {
  readonly onRun: (run: ReadyRun) => void;
  readonly onCall: (run: ReadyRun, call: Call) => Promise<(documents: number) => void>;
  readonly onDone: (run: Run) => Promise<void>;
  readonly signal: AbortSignal;
};

/** The runs that lead to the goal, their files read. Writes nothing. Throws what `planRuns` throws, and `migration_broken`. */
export async function prepareRuns(
  database: AerolithDatabase,
  files: readonly MigrationFile[],
  goal: Goal,
): Promise<readonly ReadyRun[]> {
  const planned = planRuns(files, ledgerState(await readRuns(database)), goal);
  return Promise.all(
    planned.map(async (run) => ({ ...run, play: playInDirection(await loadMigration(run.file), run.direction) })),
  );
}

/** Brings the database to the goal, under the lock. All files are read before the first one runs. Resolves with how many ran. */
export async function applyMigrations(
  database: AerolithDatabase,
  files: readonly MigrationFile[],
  goal: Goal & { readonly takeOver: boolean },
  watch: ApplyWatch,
): Promise<number> {
  if ((await prepareRuns(database, files, goal)).length === 0) return 0;
  await using lock = await MigrationLock.take(database, goal.takeOver);
  const runs = await prepareRuns(database, files, goal);
  for (const run of runs) await applyOne(database, lock, run, watch);
  return runs.length;
}

async function applyOne(database: AerolithDatabase, lock: MigrationLock, run: ReadyRun, watch: ApplyWatch): Promise<void> {
  watch.onRun(run);
  const { direction, unfinished } = run;
  const next = ((await readRuns(database)).at(-1)?._id ?? 0) + 1;
  const journal = await Journal.open(database, lock, run.file, { direction, unfinished, next });
  await runMigration(database, journal, run.play, { onCall: (call) => watch.onCall(run, call), signal: watch.signal });
  await watch.onDone(journal.run);
}

function playInDirection(migration: LoadedMigration, direction: 'up' | 'down'): Play {
  const play = migration[direction];
  if (play !== undefined) return play;
  throw brokenMigration(migration.file, 'it has no "down", so it cannot be undone');
}
