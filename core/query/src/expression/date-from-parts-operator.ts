import { DateTime, daysFromCivil, MS_PER_DAY, type Value } from '@aerolithdb/protocol';
import { msFromCivil, weekdayOf } from '../calendar/civil-time.ts';
import { fromLocal } from '../calendar/time-zone.ts';
import { asWholeNumber } from '../numeric.ts';
import { dateFrom } from './date-argument.ts';
import { timeZoneArgument } from './date-context.ts';
import { doesNotFit, invalidExpression } from './expression-error.ts';
import { type NamedValues, named, type Operators } from './operator.ts';

const CLOCK = ['hour', 'minute', 'second', 'millisecond'] as const;
const CALENDAR = ['month', 'day'] as const;
const WEEKS = ['isoWeek', 'isoDayOfWeek'] as const;
const NAMES = ['year', 'isoWeekYear', ...CALENDAR, ...WEEKS, ...CLOCK, 'timezone'] as const;

export const DATE_FROM_PARTS: Operators = {
  $dateFromParts: named(
    '{ year, month, day, hour, minute, second, millisecond, timezone } or { isoWeekYear, isoWeek, isoDayOfWeek, … }',
    'The date of its parts; what is beyond the range of a part carries over.',
    { required: [], optional: NAMES },
    fromParts,
  ),
};

type Parts = NamedValues<(typeof NAMES)[number]>;

function fromParts(parts: Parts, name: string, given: ReadonlySet<string>): Value {
  checkKind(name, given);
  const zone = timeZoneArgument(parts.timezone, given.has('timezone'), name);
  const numbers = new Map<string, number>();
  for (const key of given) {
    if (key === 'timezone') continue;
    const value = partOf(parts, key as (typeof NAMES)[number], name);
    if (value === undefined) return null;
    numbers.set(key, value);
  }
  if (zone === undefined) return null;
  const days = given.has('isoWeekYear')
    ? daysOfWeek(numbers)
    : daysFromCivil(at(numbers, 'year', 1970), at(numbers, 'month', 1), 1) + at(numbers, 'day', 1) - 1;
  const [hour, minute, second, millisecond] = CLOCK.map((unit) => at(numbers, unit, 0)) as [number, number, number, number];
  const inDay = msFromCivil({ year: 1970, month: 1, day: 1, hour, minute, second, millisecond });
  return new DateTime(fromLocal(zone, dateFrom(days * MS_PER_DAY + inDay, name).ms));
}

/** Either by year, month and day or by the weeks of ISO 8601. */
function checkKind(name: string, given: ReadonlySet<string>): void {
  const isIso = given.has('isoWeekYear');
  if (isIso === given.has('year')) throw invalidExpression(name, `${name} needs either "year" or "isoWeekYear".`);
  const odd = (isIso ? CALENDAR : WEEKS).find((part) => given.has(part));
  if (odd !== undefined) throw invalidExpression(name, `${name} cannot take "${odd}" with "${isIso ? 'isoWeekYear' : 'year'}".`);
}

/** Years are 1 to 9999; other parts fit into 16 bits. Undefined of null. */
function partOf(parts: Parts, key: (typeof NAMES)[number], name: string): number | undefined {
  const value = parts[key];
  if (value === undefined || value === null) return undefined;
  const whole = asWholeNumber(value);
  if (whole === undefined) throw doesNotFit(name, `a whole number as "${key}"`, value);
  const [min, max] = key === 'year' || key === 'isoWeekYear' ? [1, 9999] : [-32_768, 32_767];
  if (whole < min! || whole > max!) throw invalidExpression(name, `"${key}" of ${name} is ${min} to ${max}, not ${whole}.`);
  return whole;
}

function daysOfWeek(numbers: ReadonlyMap<string, number>): number {
  const january4 = daysFromCivil(numbers.get('isoWeekYear')!, 1, 4);
  const firstMonday = january4 - ((weekdayOf(january4) + 6) % 7);
  return firstMonday + (at(numbers, 'isoWeek', 1) - 1) * 7 + at(numbers, 'isoDayOfWeek', 1) - 1;
}

function at(numbers: ReadonlyMap<string, number>, key: string, fallback: number): number {
  return numbers.get(key) ?? fallback;
}
