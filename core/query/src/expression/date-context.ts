import { suggestNearest, type Value } from '@aerolithdb/protocol';
import { DATE_UNITS, type DateUnit } from '../calendar/date-unit.ts';
import { findTimeZone, type TimeZone, UTC } from '../calendar/time-zone.ts';
import { doesNotFit, invalidExpression } from './expression-error.ts';
import { isNullish } from './truth.ts';

/** The time zone of an argument, UTC when it was not given; undefined of null. Throws `invalid_expression`. */
export function timeZoneArgument(value: Value | undefined, isGiven: boolean, name: string): TimeZone | undefined {
  if (!isGiven) return UTC;
  if (isNullish(value)) return undefined;
  if (typeof value !== 'string') throw doesNotFit(name, 'a string as "timezone"', value);
  const zone = findTimeZone(value);
  if (zone !== undefined) return zone;
  const message = `${name} knows no time zone "${value.slice(0, 60)}"; write a name such as "Europe/Oslo" or an offset such as "+02:00".`;
  throw invalidExpression(name, message, { timezone: value });
}

/** Throws `invalid_expression` for what is no unit of time. */
export function unitArgument(value: Value, name: string): DateUnit {
  const unit = DATE_UNITS.find((each) => each === value);
  if (unit !== undefined) return unit;
  const nearest = typeof value === 'string' ? suggestNearest(value, DATE_UNITS) : undefined;
  const hint = nearest === undefined ? `it is one of ${DATE_UNITS.join(', ')}.` : `did you mean "${nearest}"?`;
  throw invalidExpression(name, `"unit" of ${name} is no unit of time; ${hint}`, { nearest });
}

const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

/** The number of a weekday out of its name or the first three letters of it; 0 is Sunday. Throws `invalid_expression`. */
export function weekdayArgument(value: Value, name: string): number {
  const text = typeof value === 'string' ? value.toLowerCase() : '';
  const day = WEEKDAYS.findIndex((weekday) => weekday === text || weekday.slice(0, 3) === text);
  if (day !== -1) return day;
  throw invalidExpression(name, `"startOfWeek" of ${name} is a day of the week, such as "monday" or "mon".`);
}
