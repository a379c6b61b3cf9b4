import { CsvError, parse } from 'csv-parse/sync';
import type { RawRow } from './csv-row-splitter.ts';

/** A row with its cells, or with a sentence that says why it has none. */
export type CsvRow = RawRow & { readonly cells: readonly string[]; readonly error?: string };

/** Reads the cells of rows. All at once when they are well formed, else one by one, to find those that are not. */
export function parseRows(rows: readonly RawRow[], delimiter: string): CsvRow[] {
  if (rows.length === 0) return [];
  const all = cellsOf(rows.map((row) => row.raw).join('\n'), delimiter);
  if (Array.isArray(all) && all.length === rows.length) return rows.map((row, index) => ({ ...row, cells: all[index] ?? [] }));
  return rows.map((row) => parseRow(row, delimiter));
}

function parseRow(row: RawRow, delimiter: string): CsvRow {
  const parsed = cellsOf(row.raw, delimiter);
  if (Array.isArray(parsed)) return { ...row, cells: parsed[0] ?? [] };
  return { ...row, cells: [], error: sentenceOf(parsed) };
}

function cellsOf(text: string, delimiter: string): string[][] | CsvError {
  try {
    return parse(text, { delimiter, relax_column_count: true, record_delimiter: '\n' });
  } catch (error) {
    if (error instanceof CsvError) return error;
    throw error;
  }
}

const SENTENCES: Readonly<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: 'A quote is opened and not closed.',
  CSV_INVALID_CLOSING_QUOTE: 'A closing quote is followed by something else than the end of its cell.',
  INVALID_OPENING_QUOTE: 'A quote stands inside a cell that does not begin with one.',
};

function sentenceOf(error: CsvError): string {
  return SENTENCES[error.code] ?? `${error.message}.`;
}
