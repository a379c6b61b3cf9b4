import { parseTypes } from '../importing/csv-types.ts';
import { INPUT_FORMATS, type InputFormat, inputFormat } from '../importing/input-format.ts';
import { openInput } from '../importing/open-input.ts';
import { readRecords } from '../importing/read-records.ts';
import { type OnError, runImport } from '../importing/run-import.ts';
import { usageError } from '../program/cli-error.ts';
import type { CommandSpec } from '../program/command-spec.ts';
import type { Options } from '../program/options.ts';
import { COLLECTION } from './query-options.ts';

const MOST_IN_FLIGHT = 64;

export const importCommand: CommandSpec = {
  name: 'import',
  summary: 'insert the documents of a file or a pipe',
  description: `Reads JSON (an array, or documents one after the other), NDJSON (one document a line) or CSV with a header, checks every document, and inserts them in batches of up to 1,000, a few batches at once. The format is known by the extension or by how the input begins.

A batch that is sent again because its answer was lost is not inserted twice. Ctrl-C finishes what is under way and says how many documents are written.

The types of CSV columns are found from the first 10,000 rows: whole numbers, numbers, true and false, dates (2026-01-31, with or without a time; without a zone it is UTC), else text; a column with leading zeros is text. A header such as address.city makes a field of an object. Empty cells leave their field out.`,
  arguments: [COLLECTION, { name: 'file', description: 'the input; standard input when it is - or absent' }],
  options: [
    { flags: '--format <format>', description: 'format of the input', choices: INPUT_FORMATS },
    { flags: '--id <field>', description: 'take _id from this field, which stays' },
    {
      flags: '--on-error <what>',
      description: 'what to do with a record that cannot be inserted: stop, skip, or reject',
      choices: ['stop', 'skip', 'reject'],
      default: 'stop',
    },
    { flags: '--reject-file <file>', description: 'where rejected records go, as they were (default: FILE.rejected)' },
    { flags: '--no-create', description: 'refuse when the collection does not exist' },
    { flags: '--in-flight <n>', description: 'batches under way at once', default: '4' },
    {
      flags: '--types <list>',
      description:
        'types of CSV columns: zip:string,price:double,at:date (string, int, double, decimal, bool, date, objectId, json)',
    },
    { flags: '--delimiter <text>', description: 'what stands between CSV cells (default: a comma; a tab for tsv)' },
    { flags: '--empty <what>', description: 'what an empty CSV cell means', choices: ['missing', 'null'], default: 'missing' },
  ],
  examples: [
    { command: 'aerolith import people people.ndjson', does: 'a file; the collection is made when there is none' },
    { command: 'aerolith import shops shops.csv --id code --types zip:string', does: 'CSV, with ids and a type' },
    {
      command: 'aerolith import people people.json --on-error reject --reject-file bad.ndjson',
      does: 'keep what cannot be inserted',
    },
    { command: 'zcat events.ndjson.gz | aerolith import events', does: 'from a pipe' },
  ],
  async run(context, [collection = '', file = '-'], options) {
    const csv = csvOptions(options);
    const inFlight = options.whole('inFlight', MOST_IN_FLIGHT) ?? 1;
    if (inFlight === 0) throw usageError('--in-flight takes a number from 1.');
    const onError = onErrorOf(options, file);
    const input = await openInput(file, context.stdin);
    const format = formatOf(options) ?? inputFormat(file === '-' ? undefined : file, input.beginning);
    const idField = options.text('id');
    await runImport(context, {
      label: file === '-' ? collection : (file.split('/').at(-1) ?? file),
      collection,
      create: !options.isOff('create'),
      onError,
      inFlight,
      ...(input.size === undefined ? {} : { bytes: input.size }),
      ...(idField === undefined ? {} : { idField }),
      groups: (onHeader) => readRecords(format, input.bytes, { ...csv, onHeader }),
    });
  },
};

function csvOptions(options: Options) {
  const types = options.text('types');
  const empty = options.text('empty') === 'null' ? ('null' as const) : ('missing' as const);
  return { types: types === undefined ? new Map() : parseTypes(types), empty, delimiter: options.text('delimiter') };
}

function formatOf(options: Options): InputFormat | undefined {
  return INPUT_FORMATS.find((known) => known === options.text('format'));
}

function onErrorOf(options: Options, file: string): OnError {
  const given = options.text('rejectFile');
  const kind = options.text('onError');
  if (kind !== 'reject') {
    if (given !== undefined) throw usageError('--reject-file goes with --on-error reject.');
    return { kind: kind === 'skip' ? 'skip' : 'stop' };
  }
  if (given === undefined && file === '-') throw usageError('Name a file for rejected records with --reject-file FILE.');
  return { kind, file: given ?? `${file}.rejected` };
}
