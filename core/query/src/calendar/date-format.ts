import { daysFromCivil, MS_PER_DAY } from '@aerolithdb/protocol';
import { civilFromMs, digits, isoWeek, weekdayOf } from './civil-time.ts';

export const MONTH_NAMES = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;

/** `2020-01-31T12:00:00.000`, the form of a date that is written without a format. */
export const ISO_FORMAT = '%Y-%m-%dT%H:%M:%S.%L';

/** A date in local time, with the offset of its zone in milliseconds east of UTC. */
export type LocalDate = { readonly local: number; readonly offset: number };

/** What stands for each letter behind `%`. Years are those of 0 to 9999. */
const WRITERS: Readonly<Record<string, (date: LocalDate) => string>> = {
  '%': () => '%',
  Y: ({ local }) => digits(civilFromMs(local).year, 4),
  m: ({ local }) => digits(civilFromMs(local).month, 2),
  b: ({ local }) => monthName(local).slice(0, 3),
  B: ({ local }) => monthName(local),
  d: ({ local }) => digits(civilFromMs(local).day, 2),
  H: ({ local }) => digits(civilFromMs(local).hour, 2),
  M: ({ local }) => digits(civilFromMs(local).minute, 2),
  S: ({ local }) => digits(civilFromMs(local).second, 2),
  L: ({ local }) => digits(civilFromMs(local).millisecond, 3),
  j: ({ local }) => digits(dayOfYear(local), 3),
  w: ({ local }) => String(weekdayOf(dayOf(local)) + 1),
  u: ({ local }) => String(isoDayOfWeek(local)),
  U: ({ local }) => digits(weekOfYear(local), 2),
  G: ({ local }) => digits(isoWeek(dayOf(local)).year, 4),
  V: ({ local }) => digits(isoWeek(dayOf(local)).week, 2),
  z: ({ offset }) => offsetText(offset),
  Z: ({ offset }) => `${offset < 0 ? '-' : '+'}${digits(Math.abs(Math.trunc(offset / 60_000)), 3)}`,
};

/** The letters that may stand behind `%` in the format of `formatDate`. */
export const FORMAT_LETTERS: readonly string[] = Object.keys(WRITERS);

/** The date by a format whose letters are all known. */
export function formatDate(date: LocalDate, format: string): string {
  return format.replace(/%(.)/gs, (_, letter: string) => WRITERS[letter]!(date));
}

/** The first letter behind a `%` that is not known; '' for a `%` at the end; undefined when all is well. */
export function unknownLetter(format: string, known: readonly string[]): string | undefined {
  for (let at = format.indexOf('%'); at !== -1; at = format.indexOf('%', at + 2)) {
    const letter = format[at + 1] ?? '';
    if (!known.includes(letter)) return letter;
  }
  return undefined;
}

function offsetText(offset: number): string {
  const minutes = Math.abs(Math.trunc(offset / 60_000));
  return `${offset < 0 ? '-' : '+'}${digits(Math.floor(minutes / 60), 2)}${digits(minutes % 60, 2)}`;
}

function monthName(local: number): string {
  return MONTH_NAMES[civilFromMs(local).month - 1]!;
}

function dayOf(local: number): number {
  return Math.floor(local / MS_PER_DAY);
}

export function dayOfYear(local: number): number {
  return dayOf(local) - daysFromCivil(civilFromMs(local).year, 1, 1) + 1;
}

/** 1 is Monday. */
export function isoDayOfWeek(local: number): number {
  return ((weekdayOf(dayOf(local)) + 6) % 7) + 1;
}

/** Week 1 begins on the first Sunday; the days before it are of week 0. */
export function weekOfYear(local: number): number {
  return Math.floor((dayOfYear(local) + 6 - weekdayOf(dayOf(local))) / 7);
}
