import { parseFields } from '../exporting/csv-writer.ts';
import { EXPORT_FORMATS, type ExportFormat, exportBytes, exportWriter, formatOfName } from '../exporting/export-formats.ts';
import { openExportOutput } from '../exporting/export-output.ts';
import { countLines } from '../exporting/lines.ts';
import { CliError, EXIT } from '../program/cli-error.ts';
import type { CommandSpec } from '../program/command-spec.ts';
import type { Context } from '../program/context.ts';
import type { Options } from '../program/options.ts';
import { numberIn, parseAnswer } from '../remote/answers.ts';
import { findLines } from '../remote/find-lines.ts';
import { type Query, queryBody } from '../remote/find-pages.ts';
import { collectionPath } from '../remote/paths.ts';
import { counted } from '../terminal/figures.ts';
import { Progress } from '../terminal/progress.ts';
import { AT, COLLECTION, HINT, PROJECTION, queryOf, SORT } from './query-options.ts';

export const exportCommand: CommandSpec = {
  name: 'export',
  summary: 'write documents to a file or a pipe',
  description:
    'Writes NDJSON (one document a line), a JSON array, or CSV, of one state of the collection. A file appears under its name when it is whole. NDJSON and JSON are relaxed Extended JSON, exactly as the server sent it: what import reads back is equal in every type. CSV is for spreadsheets: nested fields become columns with dots, arrays stay JSON, and types are left to the reader.',
  arguments: [COLLECTION, { name: 'file', description: 'where to; standard output when it is - or absent' }],
  options: [
    {
      flags: '--format <format>',
      description: 'format of the output (default: by the name of the file, else ndjson)',
      choices: EXPORT_FORMATS,
    },
    { flags: '--filter <json>', description: 'which documents, as Extended JSON' },
    PROJECTION,
    SORT,
    { flags: '--limit <n>', description: 'documents at most' },
    HINT,
    AT,
    {
      flags: '--fields <list>',
      description: 'columns of CSV, with commas: name,address.city (default: those of the first 1,000 documents)',
    },
  ],
  examples: [
    { command: 'aerolith export cities cities.ndjson', does: 'the whole collection' },
    {
      command: `aerolith export cities iceland.csv --filter '{country: "IS"}' --fields _id,name,population`,
      does: 'a part of it, as CSV',
    },
    { command: 'aerolith export cities | gzip > cities.ndjson.gz', does: 'through a pipe' },
    { command: 'aerolith export cities old.ndjson --at 2026-01-31T12:00:00Z', does: 'as it was at that time' },
  ],
  async run(context, [collection = '', file = '-'], options) {
    const query = queryOf(options.text('filter'), options);
    const limit = options.whole('limit');
    const task = { collection, query, limit, file, ...formatOptions(options, file) };
    const total = context.terminal.errIsTty && !context.jsonAsked ? await countOf(context, task) : undefined;
    const progress = new Progress(context.terminal, collection, context.jsonAsked || (file === '-' && context.terminal.outIsTty));
    const written = await write(context, task, (count) => progress.show({ count, ...partOf(count, total) }));
    progress.end();
    if (file === '-') return;
    const json = JSON.stringify({ collection, file, documents: written });
    await context.terminal.out(context.jsonAsked ? `${json}\n` : `Exported ${counted(written, 'document')} to ${file}.\n`);
  },
};

type Task = {
  readonly collection: string;
  readonly query: Query;
  readonly limit: number | undefined;
  readonly file: string;
  readonly format: ExportFormat;
  readonly fields: readonly string[] | undefined;
};

function formatOptions(options: Options, file: string): Pick<Task, 'format' | 'fields'> {
  const fields = options.text('fields');
  const format = EXPORT_FORMATS.find((known) => known === options.text('format')) ?? formatOfName(file);
  return { format, fields: fields === undefined ? undefined : parseFields(fields) };
}

async function countOf(context: Context, { collection, query, limit }: Task): Promise<number> {
  const body = queryBody({
    ...(query.filter === undefined ? {} : { filter: query.filter }),
    ...(query.at === undefined ? {} : { at: query.at }),
  });
  const { text } = await context.client().send({ method: 'POST', path: `${collectionPath(collection)}/count`, body });
  return Math.min(numberIn(parseAnswer(text), 'count'), limit ?? Number.POSITIVE_INFINITY);
}

function partOf(count: number, total: number | undefined) {
  return total === undefined || total === 0 ? { part: undefined } : { part: count / total, total };
}

/** Writes what the server sends as it comes, waiting for whoever reads. Resolves with the number of documents. */
async function write(context: Context, task: Task, onProgress: (count: number) => void): Promise<number> {
  const writer = exportWriter(task.format, task.fields);
  let count = 0;
  const lines = eachOf(findLines(context.client(), task.collection, task.query, task.limit), (bytes) => {
    count += countLines(bytes);
    onProgress(count);
  });
  const output = await openExportOutput(context.terminal, task.file);
  try {
    for await (const bytes of exportBytes(writer, lines)) await output.write(bytes);
    await output.complete();
  } catch (error) {
    throw context.signal.aborted ? stopped(count) : error;
  } finally {
    await output.discard();
  }
  return count;
}

async function* eachOf(pieces: AsyncIterable<Buffer>, look: (piece: Buffer) => void): AsyncGenerator<Buffer> {
  for await (const piece of pieces) {
    look(piece);
    yield piece;
  }
}

function stopped(count: number): CliError {
  return new CliError(
    'interrupted',
    `Stopped as asked, after ${counted(count, 'document')}; no file was made.`,
    EXIT.interrupted,
  );
}
