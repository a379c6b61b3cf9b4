import { type Document, parseDocument } from '@aerolithdb/protocol';
import { cellText, isNumeric, printable, valueStyle } from './cell.ts';
import { fieldList, table } from './table.ts';
import type { Terminal } from './terminal.ts';

/** Documents as a table: a column for each top-level field in the order they are met. Says which fields did not fit, and what shows them. */
export function documentTable(
  terminal: Terminal,
  texts: readonly string[],
  wide: boolean,
  elsewhere = '--wide or --json',
): string {
  const documents = texts.map(parseDocument);
  const names = fieldNames(documents);
  const rows = documents.map((document) => names.map((name) => cellText(document.get(name))));
  const leftOut: string[] = [];
  const drawn = table(terminal, names.map(printable), rows, {
    wide,
    numeric: numericColumns(documents, names),
    styleOf: (row, column) => valueStyle(documents[row]?.get(names[column] ?? '')),
    onLeftOut: (some) => leftOut.push(...some),
  });
  if (leftOut.length === 0) return drawn;
  const note = `Fields that did not fit: ${leftOut.join(', ')}. ${elsewhere} shows them.`;
  return `${drawn}${terminal.style('dim', note)}\n`;
}

/** One document, a field a line. */
export function documentFields(terminal: Terminal, text: string): string {
  return fieldList(
    terminal,
    [...parseDocument(text)].map(([name, value]) => [printable(name), cellText(value), valueStyle(value)]),
  );
}

function fieldNames(documents: readonly Document[]): string[] {
  const names = new Set<string>();
  for (const document of documents) for (const name of document.keys()) names.add(name);
  return [...names];
}

function numericColumns(documents: readonly Document[], names: readonly string[]): Set<number> {
  const columns = new Set<number>();
  names.forEach((name, column) => {
    if (documents.every((document) => !document.has(name) || isNumeric(document.get(name)))) columns.add(column);
  });
  return columns;
}
