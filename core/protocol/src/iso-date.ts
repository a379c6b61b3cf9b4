/** Dates as text, by arithmetic on the proleptic Gregorian calendar (H. Hinnant, "chrono-compatible low-level date algorithms"). */

const MS_PER_DAY = 86_400_000;

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
  return `${civilDate(days)}T${clock}${fraction === 0 ? '' : `.${String(fraction).padStart(3, '0')}`}Z`;
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

function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** Days since 1970-01-01. The year is counted from March, so that a leap day is its last. */
function daysFromCivil(year: number, month: number, day: number): number {
  const marchYear = month <= 2 ? year - 1 : year;
  const era = Math.floor(marchYear / 400);
  const yearOfEra = marchYear - era * 400;
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

function civilDate(days: number): string {
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const leapDays = Math.floor(dayOfEra / 1460) - Math.floor(dayOfEra / 36_524) + Math.floor(dayOfEra / 146_096);
  const yearOfEra = Math.floor((dayOfEra - leapDays) / 365);
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1;
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`;
}

function two(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}
