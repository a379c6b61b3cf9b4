import type { AerolithClient } from '@aerolithdb/client';
import type { CommandSpec } from '../program/command-spec.ts';
import type { Context } from '../program/context.ts';
import { type ApplyWatch, applyMigrations, prepareRuns, type ReadyRun } from '../schema/apply-migrations.ts';
import type { Run } from '../schema/bookkeeping.ts';
import { isDataCall } from '../schema/call.ts';
import { type MigrationFile, readMigrationFiles } from '../schema/migration-files.ts';
import { openDatabase } from '../schema/open-database.ts';
import type { Goal } from '../schema/plan-runs.ts';
import { countOf, previewMigration } from '../schema/preview-migration.ts';
import { counted, duration } from '../terminal/figures.ts';
import { Progress } from '../terminal/progress.ts';
import { printLine } from './print.ts';
import { callJson, callLine, FOLDER } from './schema-diff.ts';

export const schemaApply: CommandSpec = {
  name: 'apply',
  summary: 'run the migrations that have not run',
  description:
    'Runs migrations in the order of their numbers, each once, and keeps a ledger of what ran in the collection "_schema". Documents are changed in batches, each of them one transaction that also records how far it came: after a crash the next apply goes on with the batch that was not recorded, and changes no document twice. One apply runs at a time. Ctrl-C stops after the running batch.',
  options: [
    FOLDER,
    { flags: '--to <version>', description: 'the last migration to run; with --down the one to go back to, 0 for none' },
    { flags: '--down', description: 'undo: the last migration, or all above --to' },
    { flags: '--dry-run', description: 'show what would be done; nothing is written' },
    { flags: '--take-over', description: 'go on in place of an apply that has died and left its lock' },
    { flags: '--accept-changed', description: 'go on with a file that was changed after it ran in part' },
  ],
  examples: [
    { command: 'aerolith schema apply --dry-run', does: 'what would be done' },
    { command: 'aerolith schema apply', does: 'do it' },
    { command: 'aerolith schema apply --down', does: 'undo the last migration' },
    { command: 'aerolith schema apply --down --to 1', does: 'go back to what migration 1 left' },
  ],
  async run(context, _args, options) {
    const files = await readMigrationFiles(options.text('folder') ?? '');
    await using database = openDatabase(context, options);
    const direction = options.flag('down') ? 'down' : 'up';
    const goal: Goal = { direction, to: options.text('to'), acceptChanged: options.flag('acceptChanged') };
    if (options.flag('dryRun')) await showPlan(context, database, await prepareRuns(database, files, goal));
    else await apply(context, database, files, { ...goal, takeOver: options.flag('takeOver') });
  },
};

async function showPlan(context: Context, database: AerolithClient, runs: readonly ReadyRun[]): Promise<void> {
  for (const { file, direction, play, unfinished } of runs) {
    const calls = await previewMigration(database, play, unfinished);
    const json = { version: file.version, file: file.file, direction, dryRun: true, calls: calls.map(callJson) };
    const lines = [file.file, ...calls.map((call) => `  ${callLine(call)}`)];
    await printLine(context, context.json ? JSON.stringify(json) : lines.join('\n'));
  }
  if (!context.json) await printLine(context, runs.length === 0 ? NOTHING : 'Nothing was written: this is a dry run.');
}

const NOTHING = 'Nothing to do.';

async function apply(
  context: Context,
  database: AerolithClient,
  files: readonly MigrationFile[],
  goal: Goal & { readonly takeOver: boolean },
): Promise<void> {
  let progress: Progress | undefined;
  const watch: ApplyWatch = {
    signal: context.signal,
    onRun: () => undefined,
    async onCall({ file }, call) {
      progress?.end();
      if (!isDataCall(call) || !context.terminal.errIsTty || context.jsonAsked) return () => undefined;
      const total = await countOf(database, call);
      const shown = new Progress(context.terminal, file.file, false);
      progress = shown;
      return (count) => shown.show({ count, total, part: total === 0 ? undefined : count / total });
    },
    async onDone(run) {
      progress?.end();
      await printLine(context, context.json ? JSON.stringify(runJson(run)) : runLine(run));
    },
  };
  try {
    const ran = await applyMigrations(database, files, goal, watch);
    if (ran === 0 && !context.json) await printLine(context, NOTHING);
  } finally {
    progress?.end();
  }
}

function runJson({ version, file, hash, direction, ms, height, documents }: Run): object {
  return { version, file, hash, direction, ms, height, documents };
}

function runLine({ file, direction, ms, documents }: Run): string {
  const through = documents === 0 ? '' : `, ${counted(documents, 'document')}`;
  return `${direction === 'up' ? 'Applied' : 'Undone '}  ${file}  (${duration(ms)}${through})`;
}
