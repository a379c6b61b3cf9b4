import { parseValue } from '@aerolithdb/protocol';
import { usageError } from '../program/cli-error.ts';

export const CSV_TYPES = ['string', 'int', 'double', 'decimal', 'bool', 'date', 'objectId', 'json'] as const;

export type CsvType = (typeof CSV_TYPES)[number];

const WHOLE = /^-?(?:0|[1-9]\d{0,18})$/;
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
const BOOL = /^(?:true|false)$/i;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const TIME = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})(:\d{2}(?:\.\d{1,3})?)?(Z|[+-]\d{2}:?\d{2})?$/i;
const OBJECT_ID = /^[0-9a-f]{24}$/i;

/** JSON text of a cell by type; undefined when the cell is not of that type. */
const CONVERT: Readonly<Record<CsvType, (cell: string) => string | undefined>> = {
  string: (cell) => JSON.stringify(cell),
  int: (cell) => (WHOLE.test(cell) ? accepted(cell) : undefined),
  double: doubleText,
  decimal: (cell) => accepted(`{"$numberDecimal":${JSON.stringify(cell)}}`),
  bool: (cell) => (BOOL.test(cell) ? cell.toLowerCase() : undefined),
  date: dateText,
  objectId: (cell) => (OBJECT_ID.test(cell) ? `{"$oid":"${cell.toLowerCase()}"}` : undefined),
  json: accepted,
};

/** The JSON text of a cell that should be of this type; undefined when it is not. */
export function cellJson(type: CsvType, cell: string): string | undefined {
  return CONVERT[type](cell);
}

/** The narrowest type that every cell has; empty cells say nothing. Only types that read back as they were: `00501` is a string. */
export function inferType(cells: readonly string[]): CsvType {
  const full = cells.filter((cell) => cell !== '');
  if (full.length === 0) return 'string';
  const fits = (type: CsvType) => full.every((cell) => cellJson(type, cell) !== undefined);
  return (['bool', 'int', 'double', 'date'] as const).find(fits) ?? 'string';
}

/** `zip:string,price:double` as a map. Throws a usage error. */
export function parseTypes(text: string): Map<string, CsvType> {
  const types = new Map<string, CsvType>();
  for (const part of text.split(',')) {
    const colon = part.lastIndexOf(':');
    const type = CSV_TYPES.find((known) => known === part.slice(colon + 1).trim());
    if (colon < 1 || type === undefined) {
      throw usageError(`--types takes COLUMN:TYPE with a type out of ${CSV_TYPES.join(', ')}; "${part}" is not that.`);
    }
    types.set(part.slice(0, colon).trim(), type);
  }
  return types;
}

/** A whole number past 2^53 would change: it is none. */
function doubleText(cell: string): string | undefined {
  if (!NUMBER.test(cell)) return undefined;
  if (/[.eE]/.test(cell)) return accepted(cell);
  return Number.isSafeInteger(Number(cell)) ? `${cell}.0` : undefined;
}

/** A day, or a time; a time without a zone is UTC. */
function dateText(cell: string): string | undefined {
  if (DAY.test(cell)) return accepted(`{"$date":"${cell}T00:00:00Z"}`);
  const match = TIME.exec(cell);
  if (match === null) return undefined;
  const zone = (match[4] ?? 'Z').toUpperCase().replace(/^([+-]\d{2})(\d{2})$/, '$1:$2');
  return accepted(`{"$date":"${match[1]}T${match[2]}${match[3] ?? ':00'}${zone}"}`);
}

/** The text when the parser takes it as a value. */
function accepted(text: string): string | undefined {
  try {
    parseValue(text);
    return text;
  } catch {
    return undefined;
  }
}
