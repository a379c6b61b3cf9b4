import { civilDate, daysFromCivil, daysInMonth, MS_PER_DAY, modulo } from '@aerolithdb/protocol';
import { civilFromMs, weekdayOf } from './civil-time.ts';
import { fromLocal, type TimeZone, toLocal } from './time-zone.ts';

/** Units of time, in the arithmetic of dates. */
export const DATE_UNITS = ['year', 'quarter', 'month', 'week', 'day', 'hour', 'minute', 'second', 'millisecond'] as const;
export type DateUnit = (typeof DATE_UNITS)[number];

const MONTHS: Partial<Record<DateUnit, number>> = { year: 12, quarter: 3, month: 1 };
const DAYS: Partial<Record<DateUnit, number>> = { week: 7, day: 1 };
const MILLISECONDS: Partial<Record<DateUnit, number>> = { hour: 3_600_000, minute: 60_000, second: 1000, millisecond: 1 };

/**
 * The instant so many units later. Days and what is longer keep the local time of day; a day that the month does not have becomes
 * its last.
 */
export function addUnits(ms: number, unit: DateUnit, amount: number, zone: TimeZone): number {
  const short = MILLISECONDS[unit];
  if (short !== undefined) return ms + amount * short;
  const local = toLocal(zone, ms);
  const days = DAYS[unit];
  if (days !== undefined) return fromLocal(zone, local + amount * days * MS_PER_DAY);
  return fromLocal(zone, addMonths(local, amount * MONTHS[unit]!));
}

function addMonths(local: number, months: number): number {
  const days = Math.floor(local / MS_PER_DAY);
  const { year, month, day } = civilDate(days);
  const first = daysFromCivil(year, month + months, 1);
  const target = civilDate(first);
  const dayOfMonth = Math.min(day, daysInMonth(target.year, target.month));
  return (first + dayOfMonth - 1) * MS_PER_DAY + (local - days * MS_PER_DAY);
}

/** How many times a unit begins after `start` up to `end`; negative when `end` is before. `weekStart`: 0 is Sunday. */
export function unitsBetween(start: number, end: number, unit: DateUnit, zone: TimeZone, weekStart: number): number {
  return ordinal(end, unit, zone, weekStart) - ordinal(start, unit, zone, weekStart);
}

function ordinal(ms: number, unit: DateUnit, zone: TimeZone, weekStart: number): number {
  const short = MILLISECONDS[unit];
  // Only the part of the offset that is no whole unit moves the beginnings: clocks put forward take no hour away.
  if (short !== undefined) return Math.floor((ms + modulo(zone.offsetAt(ms), short)) / short);
  const local = toLocal(zone, ms);
  const days = Math.floor(local / MS_PER_DAY);
  if (unit === 'day') return days;
  if (unit === 'week') return Math.floor((days - weekStart + 4) / 7);
  return Math.floor(monthNumber(local) / MONTHS[unit]!);
}

/** Months since January of year 0. */
function monthNumber(local: number): number {
  const { year, month } = civilFromMs(local);
  return year * 12 + month - 1;
}

const REFERENCE_DAY = daysFromCivil(2000, 1, 1);
const REFERENCE_MONTH = 2000 * 12;

/** The beginning of the bin, `size` units long, that an instant is in. Bins are counted from 2000-01-01, local time. */
export function truncateToUnit(ms: number, unit: DateUnit, size: number, zone: TimeZone, weekStart: number): number {
  const short = MILLISECONDS[unit];
  if (short !== undefined) {
    const reference = fromLocal(zone, REFERENCE_DAY * MS_PER_DAY);
    return ms - modulo(ms - reference, size * short);
  }
  const local = toLocal(zone, ms);
  const length = DAYS[unit];
  if (length === undefined) {
    const months = monthNumber(local);
    const first = months - modulo(months - REFERENCE_MONTH, size * MONTHS[unit]!);
    return fromLocal(zone, daysFromCivil(0, first + 1, 1) * MS_PER_DAY);
  }
  const reference = unit === 'week' ? REFERENCE_DAY + modulo(weekStart - weekdayOf(REFERENCE_DAY), 7) : REFERENCE_DAY;
  const days = Math.floor(local / MS_PER_DAY);
  return fromLocal(zone, (days - modulo(days - reference, size * length)) * MS_PER_DAY);
}
