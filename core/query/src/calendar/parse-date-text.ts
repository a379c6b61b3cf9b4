import { DATE_MS_MAX, DateTime, daysInMonth } from '@aerolithdb/protocol';
import { msFromCivil } from './civil-time.ts';
import { parseOffset } from './offset-text.ts';

const DATE = /^(\d{4})-(\d\d)-(\d\d)(?:[Tt ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?)?\s?(Z|z|[+-]\d\d(?::?\d\d)?)?$/;

/** The parts of a date in ISO 8601. `offset` is in milliseconds; undefined when the text names none. */
export type WrittenDate = { readonly ms: number; readonly offset: number | undefined };

/** Reads `2020-01-31`, with or without a time and a zone; undefined for other texts. What is finer than a millisecond is cut off. */
export function parseWrittenDate(text: string): WrittenDate | undefined {
  const parts = DATE.exec(text);
  if (parts === null) return undefined;
  const [year, month, day] = parts.slice(1, 4).map(Number) as [number, number, number];
  const [hour, minute, second] = [parts[4], parts[5], parts[6]].map((part) => Number(part ?? 0)) as [number, number, number];
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return undefined;
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  const offset = parts[8] === undefined ? undefined : parseOffset(parts[8]);
  if (parts[8] !== undefined && offset === undefined) return undefined;
  const millisecond = Number((parts[7] ?? '').slice(0, 3).padEnd(3, '0'));
  return { ms: msFromCivil({ year, month, day, hour, minute, second, millisecond }), offset };
}

/** The date of a text in ISO 8601, in UTC when it names no zone; undefined for other texts. */
export function parseDateText(text: string): DateTime | undefined {
  const written = parseWrittenDate(text.trim());
  if (written === undefined) return undefined;
  const ms = written.ms - (written.offset ?? 0);
  return Math.abs(ms) <= DATE_MS_MAX ? new DateTime(ms) : undefined;
}
