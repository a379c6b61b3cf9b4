import { CliError, EXIT } from '../program/cli-error.ts';
import type { Direction, Run } from './bookkeeping.ts';
import { compareVersions, fileOfVersion, type MigrationFile } from './migration-files.ts';
import { isUntouched } from './run-migration.ts';

/** What the ledger says of the migrations. */
export type LedgerState = {
  /** The last complete run of each migration that is applied, in the order of versions. */
  readonly applied: readonly Run[];
  /** A run that has not come to its end; it goes first. */
  readonly unfinished: Run | undefined;
};

/** What is wrong between files and ledger. */
export type Mismatch = { readonly file: string; readonly kind: 'changed' | 'missing' | 'late'; readonly sentence: string };

export type Goal = { readonly direction: Direction; readonly to: string | undefined; readonly acceptChanged: boolean };

export type PlannedRun = { readonly file: MigrationFile; readonly direction: Direction; readonly unfinished: Run | undefined };

export function ledgerState(runs: readonly Run[]): LedgerState {
  const applied = new Map<number, Run>();
  for (const run of runs) {
    if (run.state !== 'done') continue;
    if (run.direction === 'up') applied.set(Number(run.version), run);
    else applied.delete(Number(run.version));
  }
  const sorted = [...applied.values()].sort((a, b) => compareVersions(a.version, b.version));
  return { applied: sorted, unfinished: runs.findLast((run) => run.state !== 'done') };
}

/** Files that have run and are no longer what they were, and files that come before one that has run. */
export function mismatches(files: readonly MigrationFile[], { applied, unfinished }: LedgerState): readonly Mismatch[] {
  const ran = unfinished === undefined ? applied : [...applied.filter((run) => run.version !== unfinished.version), unfinished];
  const last = applied.at(-1);
  const late = files.filter(
    (file) => last !== undefined && compareVersions(file.version, last.version) < 0 && !ran.some((run) => isOf(run, file)),
  );
  return [
    ...ran.flatMap((run) => mismatchOf(run, files)),
    ...late.map(({ file }): Mismatch => {
      const sentence = `${file} has not run and comes before ${last?.file}, which has. Give it a number above.`;
      return { file, kind: 'late', sentence };
    }),
  ];
}

function mismatchOf(run: Run, files: readonly MigrationFile[]): Mismatch[] {
  const file = files.find((one) => isOf(run, one));
  if (file === undefined) {
    return [{ file: run.file, kind: 'missing', sentence: `${run.file} has run and its file is gone. Bring it back.` }];
  }
  if (file.hash === run.hash || (run.state !== 'done' && hasDoneNothing(run))) return [];
  const sentence =
    run.state === 'done'
      ? `${file.file} has run and was changed since. Bring it back as it was, and put the change into a new migration.`
      : `${file.file} has run in part and was changed since. Bring it back as it was, or go on with what it is now by --accept-changed.`;
  return [{ file: file.file, kind: 'changed', sentence }];
}

/**
 * The runs that lead to the goal, in order. Throws `migration_changed`, `migration_missing`, `migration_late`, `migration_unfinished`,
 * and usage errors.
 */
export function planRuns(files: readonly MigrationFile[], state: LedgerState, goal: Goal): readonly PlannedRun[] {
  const { unfinished } = state;
  for (const { file, kind, sentence } of mismatches(files, state)) {
    if (kind === 'changed' && goal.acceptChanged && unfinished !== undefined && isNamed(unfinished, file, files)) continue;
    throw new CliError(`migration_${kind}`, sentence, EXIT.refused, { file });
  }
  if (unfinished !== undefined && unfinished.direction !== goal.direction) throw otherWay(unfinished);
  return goal.direction === 'up' ? planUp(files, state, goal.to) : planDown(files, state, goal.to);
}

function planUp(files: readonly MigrationFile[], { applied, unfinished }: LedgerState, to: string | undefined): PlannedRun[] {
  const end = to === undefined ? undefined : fileOfVersion(files, to).version;
  const pending = files.filter((file) => !applied.some((run) => isOf(run, file)));
  const wanted = pending.filter((file) => end === undefined || compareVersions(file.version, end) <= 0);
  return wanted.map((file) => ({ file, direction: 'up', unfinished: ofFile(unfinished, file) }));
}

/** Without `to` the last one alone; with it all above it, for `0` all. */
function planDown(files: readonly MigrationFile[], { applied, unfinished }: LedgerState, to: string | undefined): PlannedRun[] {
  const end = to === undefined || /^0+$/.test(to) ? to : fileOfVersion(files, to).version;
  const backwards = applied.toReversed();
  const undone = end === undefined ? backwards.slice(0, 1) : backwards.filter((run) => compareVersions(run.version, end) > 0);
  return undone.flatMap((run) => {
    const file = files.find((one) => isOf(run, one));
    return file === undefined ? [] : [{ file, direction: 'down' as const, unfinished: ofFile(unfinished, file) }];
  });
}

function otherWay({ file, direction }: Run): CliError {
  const [begun, flag] = direction === 'up' ? ['applied', 'apply'] : ['undone', 'apply --down'];
  const sentence = `The migration ${file} is ${begun} in part. Bring that to its end first: aerolith schema ${flag}`;
  return new CliError('migration_unfinished', sentence, EXIT.refused, { file, direction });
}

function ofFile(run: Run | undefined, file: MigrationFile): Run | undefined {
  return run !== undefined && isOf(run, file) ? run : undefined;
}

function isOf(run: Run, file: MigrationFile): boolean {
  return compareVersions(run.version, file.version) === 0;
}

function isNamed(run: Run, name: string, files: readonly MigrationFile[]): boolean {
  return files.some((file) => file.file === name && isOf(run, file));
}

/** Whether a run that failed has changed nothing, so that its file may be mended without asking. */
function hasDoneNothing({ calls, current }: Run): boolean {
  return calls.length === 0 && (current === null || isUntouched(current));
}
