import { CliError, EXIT } from '../program/cli-error.ts';
import type { CommandSpec, OptionSpec } from '../program/command-spec.ts';
import { type Comparison, compareSchema, isSame } from '../schema/compare-schema.ts';
import { readMigrationFiles } from '../schema/migration-files.ts';
import { openDatabase } from '../schema/open-database.ts';
import type { PreviewCall } from '../schema/preview-migration.ts';
import { counted } from '../terminal/figures.ts';

export const FOLDER: OptionSpec = { flags: '--folder <dir>', description: 'folder of the migrations', default: 'migrations' };

export const schemaDiff: CommandSpec = {
  name: 'diff',
  summary: 'compare migrations and database',
  description:
    'Shows the migrations that have not run and what they would change, files that have run and were changed since, and drift: collections, schemas and indexes that are not as the migrations made them. Writes nothing. Exits with 0 when all agrees and with 1 when something differs.',
  options: [FOLDER],
  examples: [
    { command: 'aerolith schema diff', does: 'for a person' },
    { command: 'aerolith schema diff --json', does: 'for a program: one JSON object' },
  ],
  async run(context, _args, options) {
    const folder = options.text('folder') ?? '';
    const files = await readMigrationFiles(folder);
    await using database = openDatabase(context, options);
    const comparison = await compareSchema(database, files);
    const same = isSame(comparison);
    const agree = `The database is what ${counted(comparison.applied.length, 'migration')} of ${folder} made it.\n`;
    const text = context.json ? `${JSON.stringify(jsonOf(comparison))}\n` : same ? agree : comparisonText(comparison);
    await context.terminal.out(text);
    if (!same) throw differs(comparison);
  },
};

function differs({ pending, mismatches, drift }: Comparison): CliError {
  const found = [
    ...(pending.length > 0 ? [`${counted(pending.length, 'migration')} to run`] : []),
    ...(mismatches.length > 0
      ? [`${counted(mismatches.length, 'file')} that ${mismatches.length === 1 ? 'does' : 'do'} not fit`]
      : []),
    ...(drift.length > 0 ? [`${counted(drift.length, 'difference')} that no migration made`] : []),
  ];
  const sentence = `Migrations and database differ: ${found.join(', ') || 'a migration is undone in part'}.`;
  return new CliError('schema_differs', sentence, EXIT.other);
}

function jsonOf({ applied, unfinished, pending, mismatches, drift }: Comparison): object {
  return {
    applied: applied.map(({ version, file, hash, endedAt, height, owner }) => ({ version, file, hash, endedAt, height, owner })),
    unfinished:
      unfinished === undefined ? null : { version: unfinished.version, file: unfinished.file, direction: unfinished.direction },
    pending: pending.map(({ version, file, calls }) => ({ version, file, calls: calls.map(callJson) })),
    files: mismatches,
    drift,
  };
}

/** One call of a migration for a program. */
export function callJson({ call, documents, sentence }: PreviewCall): object {
  const { kind, collection } = call;
  return { kind, collection, sentence, ...(documents === undefined ? {} : { documents }) };
}

/** One call of a migration for a person. */
export function callLine({ sentence, documents }: PreviewCall): string {
  return documents === undefined ? sentence : `${sentence} (${counted(documents, 'document')} now)`;
}

function comparisonText({ unfinished, pending, mismatches, drift }: Comparison): string {
  const half =
    unfinished === undefined ? [] : [`${unfinished.file}: ${unfinished.direction === 'up' ? 'applied' : 'undone'} in part`];
  const waiting = pending.flatMap(({ file, calls }) => [file, ...calls.map((call) => `  ${callLine(call)}`)]);
  return [
    block('In part:', half),
    block('To run:', waiting),
    block(
      'Files:',
      mismatches.map(({ sentence }) => sentence),
    ),
    block(
      'Drift:',
      drift.map(({ sentence }) => sentence),
    ),
  ].join('');
}

function block(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? '' : `${title}\n${lines.map((line) => `  ${line}\n`).join('')}`;
}
