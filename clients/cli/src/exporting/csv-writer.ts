import {
  DateTime,
  Decimal128,
  type Document,
  isDocument,
  ObjectId,
  parseDocument,
  toRelaxed,
  type Value,
} from '@aerolithdb/protocol';
import { CliError, EXIT } from '../program/cli-error.ts';
import type { ExportWriter } from './export-formats.ts';

/**
 * CSV of documents (RFC 4180, lines end in a line feed): nested fields are columns with dots in their names; arrays and types
 * without a plain text are Extended JSON in their cell. A field that is missing is an empty cell.
 */
export class CsvWriter implements ExportWriter {
  readonly #chosen: boolean;
  #columns: readonly string[] | undefined;
  #known = new Set<string>();
  #count = 0;
  #headed = false;

  constructor(fields: readonly string[] | undefined) {
    this.#chosen = fields !== undefined;
    if (fields !== undefined) this.#setColumns(fields);
  }

  /** Throws `invalid_value` for a field that is not among columns which nobody chose: nothing is left out silently. */
  page(texts: readonly string[]): string {
    const rows = texts.map((text) => flatten(parseDocument(text)));
    if (this.#columns === undefined) this.#setColumns([...new Set(rows.flatMap((row) => [...row.keys()]))]);
    const columns = this.#columns ?? [];
    const lines = rows.map((row) => {
      this.#count += 1;
      if (!this.#chosen) this.#refuseUnknown(row);
      return line(columns.map((column) => row.get(column) ?? ''));
    });
    return this.#head() + lines.join('');
  }

  end(): string {
    return this.#head();
  }

  #head(): string {
    if (this.#headed || this.#columns === undefined || this.#columns.length === 0) return '';
    this.#headed = true;
    return line(this.#columns);
  }

  #setColumns(columns: readonly string[]): void {
    this.#columns = columns;
    this.#known = new Set(columns);
  }

  #refuseUnknown(row: ReadonlyMap<string, string>): void {
    const stray = [...row.keys()].find((name) => !this.#known.has(name));
    if (stray === undefined) return;
    const message = `Document ${this.#count} has the field "${stray}", which no earlier one had; name the columns with --fields a,b,c.`;
    throw new CliError('invalid_value', message, EXIT.other, { field: stray, document: this.#count });
  }
}

function flatten(document: Document, prefix = '', cells = new Map<string, string>()): Map<string, string> {
  for (const [name, value] of document) {
    const path = prefix + name;
    if (isDocument(value) && value.size > 0) flatten(value, `${path}.`, cells);
    else if (cells.has(path)) throw twoInOneColumn(path);
    else cells.set(path, cell(value));
  }
  return cells;
}

function twoInOneColumn(column: string): CliError {
  const message = `A document has both a field named "${column}" and one on the path ${column}, which would share a column; export NDJSON.`;
  return new CliError('invalid_value', message, EXIT.other, { field: column });
}

/** Text that `aerolith import` reads back as the same value, where the column has one type. */
function cell(value: Value): string {
  if (value === null) return 'null';
  if (typeof value === 'string') return value;
  if (value instanceof ObjectId) return value.hex;
  if (value instanceof Decimal128) return value.text;
  if (value instanceof DateTime) return dateCell(toRelaxed(value));
  const text = toRelaxed(value);
  const wrapped = /^\{"\$numberLong":"(-?\d+)"\}$/.exec(text);
  return wrapped?.[1] ?? text;
}

function dateCell(text: string): string {
  return /^\{"\$date":"([^"]+)"\}$/.exec(text)?.[1] ?? text;
}

function line(cells: readonly string[]): string {
  return `${cells.map(quoted).join(',')}\n`;
}

function quoted(text: string): string {
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** The paths of `--fields`, as they stand there. */
export function parseFields(text: string): string[] {
  return text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}
