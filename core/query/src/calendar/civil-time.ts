import { civilDate, daysFromCivil, MS_PER_DAY, modulo } from '@aerolithdb/protocol';

/**
 * Times of a calendar by arithmetic on its days. They are milliseconds since 1970-01-01T00:00:00 of the calendar that is meant: UTC, or that
 * of a time zone.
 */
/** A point in a calendar. `month` and `day` count from 1. */
export type CivilTime = {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly millisecond: number;
};

/** Milliseconds of a point in a calendar. Parts that are beyond their range carry over: hour 24 is 0 of the next day. */
export function msFromCivil(time: CivilTime): number {
  const minutes = time.hour * 60 + time.minute;
  return daysFromCivil(time.year, time.month, time.day) * MS_PER_DAY + minutes * 60_000 + time.second * 1000 + time.millisecond;
}

export function civilFromMs(ms: number): CivilTime {
  const days = Math.floor(ms / MS_PER_DAY);
  const inDay = ms - days * MS_PER_DAY;
  return {
    ...civilDate(days),
    hour: Math.floor(inDay / 3_600_000),
    minute: Math.floor(inDay / 60_000) % 60,
    second: Math.floor(inDay / 1000) % 60,
    millisecond: inDay % 1000,
  };
}

/** 0 is Sunday. */
export function weekdayOf(days: number): number {
  return modulo(days + 4, 7);
}

/** Year and week of ISO 8601: weeks begin on Monday, and week 1 is the one with the first Thursday of the year. */
export function isoWeek(days: number): { year: number; week: number } {
  const thursday = days - modulo(weekdayOf(days) + 6, 7) + 3;
  const { year } = civilDate(thursday);
  return { year, week: Math.floor((thursday - daysFromCivil(year, 1, 1)) / 7) + 1 };
}

/** `2020-01-31T12:00:00.000Z`; years beyond 0 to 9999 with a sign and six digits. */
export function isoText(ms: number): string {
  const { year, month, day, hour, minute, second, millisecond } = civilFromMs(ms);
  const clock = `${digits(hour, 2)}:${digits(minute, 2)}:${digits(second, 2)}.${digits(millisecond, 3)}`;
  return `${yearText(year)}-${digits(month, 2)}-${digits(day, 2)}T${clock}Z`;
}

function yearText(year: number): string {
  if (year >= 0 && year <= 9999) return digits(year, 4);
  return `${year < 0 ? '-' : '+'}${digits(Math.abs(year), 6)}`;
}

/** A number that is not negative, filled with zeros up to `width`. */
export function digits(value: number, width: number): string {
  return String(value).padStart(width, '0');
}
