import { usageError } from '../program/cli-error.ts';
import { type CsvColumn, CsvLayout, type EmptyCells } from './csv-layout.ts';
import { type CsvRow, parseRows } from './csv-row-parser.ts';
import { CsvRowSplitter } from './csv-row-splitter.ts';
import { type CsvType, inferType } from './csv-types.ts';
import type { RecordGroup, SourceRecord } from './record.ts';
import { strictUtf8 } from './strict-utf8.ts';

export type CsvOptions = {
  readonly delimiter: string;
  /** It was not chosen: a header that seems to be made with another one is then refused. */
  readonly delimiterIsAssumed?: boolean;
  /** Types of columns by name; those not named are inferred. */
  readonly types: ReadonlyMap<string, CsvType>;
  readonly empty: EmptyCells;
  /** Told the header as it stands in the input. */
  readonly onHeader?: (raw: string) => void;
};

/** Rows that are looked at to find the types of columns. */
const SAMPLE_ROWS = 10_000;

type RowGroup = { readonly rows: readonly CsvRow[]; readonly bytesRead: number };

/** CSV with a header. A row that is malformed, of another width, or with a cell that does not fit its column is a bad record. */
export async function* readCsv(input: AsyncIterable<Buffer>, options: CsvOptions): AsyncIterable<RecordGroup> {
  const sample: CsvRow[] = [];
  let layout: CsvLayout | undefined;
  for await (const { rows, bytesRead } of rowGroups(input, options.delimiter)) {
    if (layout === undefined) {
      sample.push(...rows);
      if (sample.length <= SAMPLE_ROWS) continue;
      layout = layoutOf(sample, options);
      yield { records: recordsOf(sample.slice(1), layout), bytesRead };
    } else yield { records: recordsOf(rows, layout), bytesRead };
  }
  if (layout !== undefined || sample.length === 0) return;
  yield { records: recordsOf(sample.slice(1), layoutOf(sample, options)), bytesRead: 0 };
}

async function* rowGroups(input: AsyncIterable<Buffer>, delimiter: string): AsyncIterable<RowGroup> {
  const splitter = new CsvRowSplitter();
  let bytesRead = 0;
  for await (const piece of strictUtf8(input)) {
    bytesRead += Buffer.byteLength(piece);
    yield { rows: parseRows(splitter.push(piece), delimiter), bytesRead };
  }
  yield { rows: parseRows(splitter.end(), delimiter), bytesRead };
}

/** `rows` begin with the header. Throws a usage error when the header is no good. */
function layoutOf([header, ...rows]: readonly CsvRow[], options: CsvOptions): CsvLayout {
  if (header === undefined || header.error !== undefined)
    throw usageError(`The header of the CSV input is malformed: ${header?.error}`);
  if (options.delimiterIsAssumed === true) refuseOtherDelimiter(header.raw, options.delimiter);
  options.onHeader?.(header.raw);
  const whole = rows.filter((row) => row.error === undefined && row.cells.length === header.cells.length);
  const columns = header.cells.map((cell, index): CsvColumn => {
    const name = cell.trim();
    if (name === '') throw usageError(`Column ${index + 1} of the CSV input has no name in the header.`);
    const given = options.types.get(name);
    return {
      name,
      index,
      type: given ?? inferType(whole.map((row) => row.cells[index] ?? '')),
      typeIsGiven: given !== undefined,
    };
  });
  const unknown = [...options.types.keys()].find((name) => !columns.some((column) => column.name === name));
  if (unknown !== undefined) throw usageError(`--types names the column "${unknown}", which the header does not have.`);
  return new CsvLayout(columns, options.empty);
}

const DELIMITERS = [',', ';', '\t', '|'];

/** Throws a usage error when the header holds more of another delimiter: its names would become one. */
function refuseOtherDelimiter(header: string, delimiter: string): void {
  const plain = header.replace(/"[^"]*"/g, '');
  const count = (text: string) => plain.split(text).length;
  const likely = DELIMITERS.find((other) => count(other) > count(delimiter));
  if (likely === undefined) return;
  const [shown, wanted] = likely === '\t' ? ['tabs', "$'\\t'"] : [`"${likely}"`, `"${likely}"`];
  const own = delimiter === '\t' ? "$'\\t'" : `"${delimiter}"`;
  throw usageError(
    `The header of the CSV input seems to be parted by ${shown}: give --delimiter ${wanted}, or --delimiter ${own} if it is right as it is.`,
  );
}

function recordsOf(rows: readonly CsvRow[], layout: CsvLayout): SourceRecord[] {
  return rows.map((row) => {
    const { line, raw, cells } = row;
    if (row.error !== undefined) return bad(row, row.error);
    if (cells.length !== layout.width) return bad(row, `The row has ${cells.length} cells where the header has ${layout.width}.`);
    const made = layout.document(cells);
    return 'text' in made ? { line, text: made.text, original: raw } : bad(row, made.problem);
  });
}

function bad({ line, raw }: CsvRow, message: string): SourceRecord {
  return { line, text: raw, problem: { code: 'invalid_value', message } };
}
