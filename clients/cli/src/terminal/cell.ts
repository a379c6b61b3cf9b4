import { Binary, DateTime, Decimal128, Double, isDocument, ObjectId, toRelaxed, type Value } from '@aerolithdb/protocol';
import type { Style } from './terminal.ts';

/** A value as a table shows it: short, on one line, without the wrappers that tell types apart. */
export function cellText(value: Value | undefined): string {
  if (value === undefined) return '';
  if (typeof value === 'string') return printable(value);
  if (value instanceof ObjectId) return value.hex;
  if (value instanceof DateTime) return dateText(toRelaxed(value));
  if (value instanceof Decimal128) return value.text;
  if (value instanceof Binary) return `<${value.bytes.length} bytes>`;
  if (Array.isArray(value)) return `[${value.map(nestedText).join(', ')}]`;
  if (isDocument(value)) return `{${[...value].map(([name, field]) => `${printable(name)}: ${nestedText(field)}`).join(', ')}}`;
  return toRelaxed(value);
}

function nestedText(value: Value): string {
  return typeof value === 'string' ? JSON.stringify(value) : cellText(value);
}

/** A date without its wrapper, and midnight as the day alone; a date outside years 1970–9999 keeps its wrapper. */
function dateText(text: string): string {
  const date = /^\{"\$date":"([^"]+)"\}$/.exec(text)?.[1];
  return date?.replace('T00:00:00Z', '') ?? text;
}

/** Control characters would move the cursor or change colours: they are shown as `\n`, `\u001b` and the like. */
export function printable(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g, escaped);
}

const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

function escaped(character: string): string {
  return SHORT[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

export function isNumeric(value: Value | undefined): boolean {
  return typeof value === 'number' || typeof value === 'bigint';
}

/** How a value stands out on a terminal: strings, of which there are most, do not. */
export function valueStyle(value: Value | undefined): Style | undefined {
  if (isNumeric(value) || typeof value === 'boolean' || value instanceof Double || value instanceof Decimal128) return 'yellow';
  if (value instanceof ObjectId || value instanceof DateTime) return 'cyan';
  return value === null || value instanceof Binary ? 'dim' : undefined;
}
