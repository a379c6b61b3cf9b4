import type { AerolithDatabase } from '@aerolithdb/client';
import { type Run, readRuns } from './bookkeeping.ts';
import { actualCollections, expectedCollections } from './expected-catalogue.ts';
import { type Drift, findDrift } from './find-drift.ts';
import { loadMigration } from './load-migration.ts';
import type { MigrationFile } from './migration-files.ts';
import { ledgerState, type Mismatch, mismatches } from './plan-runs.ts';
import { type PreviewCall, previewMigration } from './preview-migration.ts';

export type PendingMigration = { readonly file: string; readonly version: string; readonly calls: readonly PreviewCall[] };

/** How files, ledger and database stand to one another. */
export type Comparison = {
  readonly applied: readonly Run[];
  readonly unfinished: Run | undefined;
  readonly pending: readonly PendingMigration[];
  readonly mismatches: readonly Mismatch[];
  readonly drift: readonly Drift[];
};

/** Reads and compares; writes nothing. Throws `migration_broken` for a pending file that cannot be used. */
export async function compareSchema(database: AerolithDatabase, files: readonly MigrationFile[]): Promise<Comparison> {
  const runs = await readRuns(database);
  const state = ledgerState(runs);
  const waiting = files.filter((file) => !state.applied.some((run) => Number(run.version) === Number(file.version)));
  const pending = await Promise.all(
    waiting.map(async (file): Promise<PendingMigration> => {
      const { up } = await loadMigration(file);
      const begun = Number(state.unfinished?.version) === Number(file.version) ? state.unfinished : undefined;
      return { file: file.file, version: file.version, calls: await previewMigration(database, up, begun) };
    }),
  );
  const drift = findDrift(expectedCollections(runs), actualCollections(await database.collections()));
  return { ...state, pending, mismatches: mismatches(files, state), drift };
}

/** Whether files, ledger and database agree. */
export function isSame({ unfinished, pending, mismatches, drift }: Comparison): boolean {
  return unfinished === undefined && pending.length === 0 && mismatches.length === 0 && drift.length === 0;
}
