import { civilDate, daysFromCivil, daysInMonth, MS_PER_DAY } from './civil-date.ts';

/** Dates as text. */

/** 9999-12-31T23:59:59.999Z, the last instant that is written as text. */
const LAST_TEXT_MS = 253_402_300_799_999;

/** Largest distance from 1970 that a date may have, in milliseconds: 100,000,000 days, as in ECMAScript. */
export const DATE_MS_MAX = 8.64e15;

/** Whether relaxed Extended JSON writes this instant as text: years 1970 to 9999. */
export function hasIsoText(ms: number): boolean {
  return ms >= 0 && ms <= LAST_TEXT_MS;
}

/** `2020-01-01T00:00:00Z`, with `.mmm` when the milliseconds are not zero. Only for years 0 to 9999. */
export function formatIsoDate(ms: number): string {
  const days = Math.floor(ms / MS_PER_DAY);
  const inDay = ms - days * MS_PER_DAY;
  const seconds = Math.floor(inDay / 1000);
  const fraction = inDay - seconds * 1000;
  const clock = `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return `${dateText(days)}T${clock}${fraction === 0 ? '' : `.${String(fraction).padStart(3, '0')}`}Z`;
}

const ISO = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?(Z|z|[+-]\d\d(?::?\d\d)?)$/;

/**
 * Milliseconds since 1970 of an ISO 8601 instant with a zone; undefined when it is none, or is finer than a millisecond.
 *
 * @example
 * parseIsoDate('1970-01-01T01:00:00+01:00'); // 0
 */
export function parseIsoDate(text: string): number | undefined {
  const match = ISO.exec(text);
  if (match === null) return undefined;
  const [year, month, day, hour, minute] = match.slice(1, 6).map(Number) as [number, number, number, number, number];
  const second = Number(match[6] ?? '0');
  const fraction = (match[7] ?? '').padEnd(3, '0');
  const offset = offsetMinutes(match[8]!);
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return undefined;
  if (hour > 23 || minute > 59 || second > 59 || offset === undefined || !/^0*$/.test(fraction.slice(3))) return undefined;
  const minutes = hour * 60 + minute - offset;
  return daysFromCivil(year, month, day) * MS_PER_DAY + minutes * 60_000 + second * 1000 + Number(fraction.slice(0, 3));
}

function offsetMinutes(zone: string): number | undefined {
  if (zone === 'Z' || zone === 'z') return 0;
  const hours = Number(zone.slice(1, 3));
  const minutes = Number(zone.slice(3).replace(':', '') || '0');
  if (hours > 23 || minutes > 59) return undefined;
  return (zone[0] === '-' ? -1 : 1) * (hours * 60 + minutes);
}

function dateText(days: number): string {
  const { year, month, day } = civilDate(days);
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`;
}

function two(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}
