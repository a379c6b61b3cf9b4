import { parse } from 'csv-parse';
import { usageError } from '../program/cli-error.ts';
import { type CsvColumn, CsvLayout, type EmptyCells } from './csv-layout.ts';
import { type CsvType, inferType } from './csv-types.ts';
import { LONGEST_RECORD_BYTES, type RecordGroup, type SourceRecord } from './record.ts';
import { strictUtf8 } from './strict-utf8.ts';

export type CsvOptions = {
  readonly delimiter: string;
  /** Types of columns by name; those not named are inferred. */
  readonly types: ReadonlyMap<string, CsvType>;
  readonly empty: EmptyCells;
  /** Told the header as it stands in the input. */
  readonly onHeader?: (raw: string) => void;
};

/** Rows that are looked at to find the types of columns. */
const SAMPLE_ROWS = 10_000;
const GROUP_ROWS = 1000;

type Row = { readonly cells: readonly string[]; readonly line: number; readonly raw: string; readonly error?: string };

/** CSV with a header. A row that is malformed, of another width, or with a cell that does not fit its column is a bad record. */
export async function* readCsv(input: AsyncIterable<Buffer>, options: CsvOptions): AsyncIterable<RecordGroup> {
  const counter = { bytes: 0 };
  const groups = rowGroups(counting(input, counter), options.delimiter);
  const sample: Row[] = [];
  let header: Row | undefined;
  let layout: CsvLayout | undefined;
  for await (const rows of groups) {
    if (layout !== undefined) yield { records: rows.map((row) => recordOf(row, layout as CsvLayout)), bytesRead: counter.bytes };
    else {
      sample.push(...rows);
      header ??= sample.shift();
      if (header === undefined || sample.length < SAMPLE_ROWS) continue;
      layout = layoutOf(header, sample, options);
      yield { records: sample.map((row) => recordOf(row, layout as CsvLayout)), bytesRead: counter.bytes };
    }
  }
  if (layout !== undefined || header === undefined) return;
  const small = layoutOf(header, sample, options);
  yield { records: sample.map((row) => recordOf(row, small)), bytesRead: counter.bytes };
}

function layoutOf(header: Row, sample: readonly Row[], options: CsvOptions): CsvLayout {
  if (header.error !== undefined) throw usageError(`The header of the CSV file is malformed: ${header.error}`);
  options.onHeader?.(header.raw);
  const rows = sample.filter((row) => row.error === undefined && row.cells.length === header.cells.length);
  const columns = header.cells.map((cell, index): CsvColumn => {
    const name = cell.trim();
    if (name === '') throw usageError(`Column ${index + 1} of the CSV file has no name in the header.`);
    const given = options.types.get(name);
    return { name, index, type: given ?? inferType(rows.map((row) => row.cells[index] ?? '')), typeIsGiven: given !== undefined };
  });
  const unknown = [...options.types.keys()].find((name) => !columns.some((column) => column.name === name));
  if (unknown !== undefined) throw usageError(`--types names the column "${unknown}", which the header does not have.`);
  return new CsvLayout(columns, options.empty);
}

function recordOf(row: Row, layout: CsvLayout): SourceRecord {
  const { line, raw, cells } = row;
  if (row.error !== undefined) return bad(row, row.error);
  if (cells.length !== layout.width) return bad(row, `The row has ${cells.length} cells where the header has ${layout.width}.`);
  const made = layout.document(cells);
  return 'text' in made ? { line, text: made.text, original: raw } : bad(row, made.problem);
}

function bad(row: Row, message: string): SourceRecord {
  return { line: row.line, text: row.raw, original: row.raw, problem: { code: 'invalid_value', message } };
}

async function* counting(input: AsyncIterable<Buffer>, counter: { bytes: number }): AsyncIterable<string> {
  const bytes = (async function* () {
    for await (const chunk of input) {
      counter.bytes += chunk.length;
      yield chunk;
    }
  })();
  yield* strictUtf8(bytes);
}

async function* rowGroups(text: AsyncIterable<string>, delimiter: string): AsyncIterable<Row[]> {
  let rows: Row[] = [];
  let nextLine = 1;
  const parser = parse({
    delimiter,
    bom: true,
    info: true,
    raw: true,
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    max_record_size: LONGEST_RECORD_BYTES,
    on_skip: (error, raw = '') => {
      rows.push({ cells: [], line: parser.info.lines, raw: trimmedEnd(raw), error: error?.message ?? 'The row is malformed.' });
      return undefined;
    },
  });
  const feeding = feed(parser, text);
  for await (const row of parser) {
    const { record, raw, info } = row as { record: string[]; raw: string; info: { lines: number } };
    const own = trimmedEnd(raw);
    nextLine = info.lines - (own.match(/\r\n|\n|\r/g)?.length ?? 0);
    rows.push({ cells: record, line: nextLine, raw: own });
    if (rows.length < GROUP_ROWS) continue;
    yield rows;
    rows = [];
  }
  await feeding;
  yield rows;
}

async function feed(parser: ReturnType<typeof parse>, text: AsyncIterable<string>): Promise<void> {
  try {
    for await (const piece of text) {
      if (!parser.write(piece)) await new Promise((resolve) => parser.once('drain', resolve));
    }
    parser.end();
  } catch (error) {
    parser.destroy(error instanceof Error ? error : new Error(String(error)));
  }
}

function trimmedEnd(raw: string): string {
  return raw.replace(/[\r\n]+$/, '').replace(/^[\r\n]+/, '');
}
