import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { parse } from 'csv-parse/sync';

export type SourceRow = Readonly<Record<string, unknown>>;

const require = createRequire(import.meta.url);

/** The objects of a JSON file of the package `vega-datasets`; `field` names the array when it is inside an object. */
export async function vegaJson(file: string, field?: string): Promise<SourceRow[]> {
  const content: unknown = JSON.parse(await vegaText(file));
  const rows = field === undefined ? content : isRow(content) ? content[field] : undefined;
  return Array.isArray(rows) ? rows.filter(isRow) : [];
}

/** The rows of a CSV file of the package `vega-datasets`, by column. */
export async function vegaCsv(file: string): Promise<SourceRow[]> {
  const rows: unknown = parse(await vegaText(file), { columns: true, bom: true, skip_empty_lines: true });
  return Array.isArray(rows) ? rows.filter(isRow) : [];
}

/** A row inside a row: the properties of a GeoJSON feature. */
export function inner(row: SourceRow, name: string): SourceRow {
  const value = row[name];
  return isRow(value) ? value : {};
}

async function vegaText(file: string): Promise<string> {
  const build = dirname(require.resolve('vega-datasets'));
  return await readFile(join(build, '..', 'data', file), 'utf8');
}

function isRow(value: unknown): value is SourceRow {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
