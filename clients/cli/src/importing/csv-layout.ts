import { usageError } from '../program/cli-error.ts';
import { type CsvType, cellJson } from './csv-types.ts';

export type CsvColumn = { readonly name: string; readonly index: number; readonly type: CsvType; readonly typeIsGiven: boolean };

type Node = CsvColumn | { readonly fields: Map<string, Node> };

/** What to do with a cell that is empty: leave the field out, or write null. */
export type EmptyCells = 'missing' | 'null';

/** Turns a row into the text of a document. A header `address.city` makes a field of a nested object. */
export class CsvLayout {
  readonly #root = new Map<string, Node>();
  readonly #empty: EmptyCells;
  readonly width: number;

  /** Throws a usage error when two columns have the same name, or one is both a value and an object. */
  constructor(columns: readonly CsvColumn[], empty: EmptyCells) {
    this.#empty = empty;
    this.width = columns.length;
    for (const column of columns) place(this.#root, pathOf(column.name), column);
  }

  /** The document's JSON text, or a sentence that says which cell does not fit its column. */
  document(row: readonly string[]): { readonly text: string } | { readonly problem: string } {
    const problems: string[] = [];
    const text = this.#object(this.#root, row, problems);
    const [problem] = problems;
    return problem === undefined ? { text: text ?? '{}' } : { problem };
  }

  #object(fields: ReadonlyMap<string, Node>, row: readonly string[], problems: string[]): string | undefined {
    const parts: string[] = [];
    for (const [name, node] of fields) {
      const value = 'fields' in node ? this.#object(node.fields, row, problems) : this.#cell(node, row, problems);
      if (value !== undefined) parts.push(`${JSON.stringify(name)}:${value}`);
    }
    return parts.length === 0 ? undefined : `{${parts.join(',')}}`;
  }

  #cell(column: CsvColumn, row: readonly string[], problems: string[]): string | undefined {
    const cell = row[column.index] ?? '';
    if (cell === '') return this.#empty === 'null' ? 'null' : undefined;
    const value =
      cellJson(column.type, cell) ?? (column.type === 'int' && !column.typeIsGiven ? cellJson('double', cell) : undefined);
    if (value === undefined) problems.push(misfit(column, cell));
    return value;
  }
}

function misfit(column: CsvColumn, cell: string): string {
  const shown = cell.length > 40 ? `${cell.slice(0, 40)}…` : cell;
  const hint = column.typeIsGiven ? '' : `, which the first rows suggest; --types "${column.name}:string" takes any text`;
  return `"${shown}" in column "${column.name}" is not of type ${column.type}${hint}.`;
}

/** Dots nest only where each part could be a field name; `U.S. Gross` is one name. */
function pathOf(name: string): string[] {
  return /^[^\s.]+(\.[^\s.]+)+$/.test(name) ? name.split('.') : [name];
}

function place(fields: Map<string, Node>, path: readonly string[], column: CsvColumn): void {
  const [first = '', ...rest] = path;
  const there = fields.get(first);
  if (rest.length === 0 && there === undefined) {
    fields.set(first, column);
    return;
  }
  if (rest.length === 0 || (there !== undefined && !('fields' in there))) {
    throw usageError(`The CSV header names "${column.name}" twice, or once as a value and once as an object.`, {
      column: column.name,
    });
  }
  const nested = there ?? { fields: new Map<string, Node>() };
  fields.set(first, nested);
  place(nested.fields, rest, column);
}
