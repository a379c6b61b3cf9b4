import { daysFromCivil, daysInMonth, MS_PER_DAY } from '@aerolithdb/protocol';
import { msFromCivil, weekdayOf } from './civil-time.ts';
import { MONTH_NAMES } from './date-format.ts';
import { parseOffset } from './offset-text.ts';
import type { WrittenDate } from './parse-date-text.ts';

/** What each letter behind `%` takes from a text. */
const PATTERNS: Readonly<Record<string, string>> = {
  '%': '%',
  Y: '\\d{4}',
  m: '\\d{1,2}',
  b: '[A-Za-z]{3}',
  B: '[A-Za-z]+',
  d: '\\d{1,2}',
  H: '\\d{1,2}',
  M: '\\d{1,2}',
  S: '\\d{1,2}',
  L: '\\d{1,3}',
  j: '\\d{1,3}',
  G: '\\d{4}',
  V: '\\d{1,2}',
  u: '\\d',
  z: '[+-]\\d\\d(?::?\\d\\d)?|Z',
  Z: '[+-]\\d{1,3}',
};

/** The letters that may stand behind `%` in a format by which a text is read. */
export const PARSED_LETTERS: readonly string[] = Object.keys(PATTERNS);

/** A letter that stands twice behind `%`. Each may stand once, so that a text is read in few attempts. */
export function repeatedLetter(format: string): string | undefined {
  const letters = [...format.matchAll(/%(.)/gs)].map((match) => match[1]!).filter((letter) => letter !== '%');
  return letters.find((letter, i) => letters.indexOf(letter) !== i);
}

/** Reads a text by a format whose letters are all known and stand once; undefined when it does not fit, or is no date. */
export function parseByFormat(text: string, format: string): WrittenDate | undefined {
  const letters: string[] = [];
  const source = format.replace(/%(.)|[.*+?^${}()|[\]\\/]/gs, (found, letter?: string) => {
    if (letter === undefined) return `\\${found}`;
    letters.push(letter);
    return `(${PATTERNS[letter]})`;
  });
  const match = new RegExp(`^${source}$`, 's').exec(text);
  if (match === null) return undefined;
  const parts = new Map(letters.map((letter, i) => [letter, match[i + 1]!]));
  return dateOf(parts);
}

type Parts = ReadonlyMap<string, string>;

function dateOf(parts: Parts): WrittenDate | undefined {
  const days = daysOf(parts);
  const [hour, minute, second] = ['H', 'M', 'S'].map((letter) => Number(parts.get(letter) ?? 0)) as [number, number, number];
  if (days === undefined || hour > 23 || minute > 59 || second > 59) return undefined;
  const millisecond = Number((parts.get('L') ?? '').padEnd(3, '0'));
  const clock = msFromCivil({ year: 1970, month: 1, day: 1, hour, minute, second, millisecond });
  const offset = offsetOf(parts);
  const isWrong = offset === undefined && (parts.has('z') || parts.has('Z'));
  return isWrong ? undefined : { ms: days * MS_PER_DAY + clock, offset };
}

function offsetOf(parts: Parts): number | undefined {
  const offset = parts.get('z');
  if (offset !== undefined) return parseOffset(offset);
  const minutes = parts.get('Z');
  return minutes === undefined ? undefined : Number(minutes) * 60_000;
}

/** Days since 1970 of a year with a month and day, with a day of the year, or with a week of ISO 8601. */
function daysOf(parts: Parts): number | undefined {
  if (parts.has('G')) return daysOfWeek(parts);
  const year = Number(parts.get('Y') ?? 'NaN');
  if (Number.isNaN(year)) return undefined;
  if (parts.has('j')) {
    const day = Number(parts.get('j'));
    return day >= 1 && day <= daysFromCivil(year + 1, 1, 1) - daysFromCivil(year, 1, 1) ? daysFromCivil(year, 1, day) : undefined;
  }
  const month = monthOf(parts);
  const day = Number(parts.get('d') ?? 1);
  const isDay = month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
  return isDay ? daysFromCivil(year, month, 1) + day - 1 : undefined;
}

/** 0 for the name of no month. */
function monthOf(parts: Parts): number {
  const name = (parts.get('B') ?? parts.get('b'))?.toLowerCase();
  if (name === undefined) return Number(parts.get('m') ?? 1);
  const isShort = !parts.has('B');
  return MONTH_NAMES.findIndex((month) => (isShort ? month.slice(0, 3) : month).toLowerCase() === name) + 1;
}

function daysOfWeek(parts: Parts): number | undefined {
  const week = Number(parts.get('V') ?? 1);
  const day = Number(parts.get('u') ?? 1);
  if (week < 1 || week > 53 || day < 1 || day > 7) return undefined;
  const january4 = daysFromCivil(Number(parts.get('G')), 1, 4);
  return january4 - ((weekdayOf(january4) + 6) % 7) + (week - 1) * 7 + day - 1;
}
