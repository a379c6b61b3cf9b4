import { type Document, isDocument, MS_PER_DAY, type Value } from '@aerolithdb/protocol';
import { civilFromMs, isoWeek, weekdayOf } from '../calendar/civil-time.ts';
import { dayOfYear, isoDayOfWeek, weekOfYear } from '../calendar/date-format.ts';
import { toLocal } from '../calendar/time-zone.ts';
import { dateArgument } from './date-argument.ts';
import { timeZoneArgument } from './date-context.ts';
import { combine, type Expression } from './expression.ts';
import { invalidExpression } from './expression-error.ts';
import { type NamedValues, named, ONE, type Operator, type Operators, parseArguments, readFields } from './operator.ts';
import type { ParseContext } from './parse-context.ts';
import { isNullish } from './truth.ts';

export const DATE_PARTS: Operators = {
  $dateToParts: named(
    '{ date, timezone, iso8601 }',
    'An object of the parts of a date.',
    { required: ['date'], optional: ['timezone', 'iso8601'] },
    toParts,
  ),
  $dayOfMonth: part('The day of the month, 1 to 31.', (local) => civilFromMs(local).day),
  $dayOfWeek: part('The day of the week, 1 (Sunday) to 7.', (local) => weekdayOf(dayOf(local)) + 1),
  $dayOfYear: part('The day of the year, 1 to 366.', (local) => dayOfYear(local)),
  $hour: part('The hour, 0 to 23.', (local) => civilFromMs(local).hour),
  $isoDayOfWeek: part('The day of the week by ISO 8601, 1 (Monday) to 7.', (local) => isoDayOfWeek(local)),
  $isoWeek: part('The week by ISO 8601, 1 to 53.', (local) => isoWeek(dayOf(local)).week),
  $isoWeekYear: part('The year that the week of ISO 8601 belongs to, a long.', (local) => BigInt(isoWeek(dayOf(local)).year)),
  $millisecond: part('The milliseconds, 0 to 999.', (local) => civilFromMs(local).millisecond),
  $minute: part('The minute, 0 to 59.', (local) => civilFromMs(local).minute),
  $month: part('The month, 1 to 12.', (local) => civilFromMs(local).month),
  $second: part('The second, 0 to 59.', (local) => civilFromMs(local).second),
  $week: part('The week of the year, 0 to 53; weeks begin on Sunday.', (local) => weekOfYear(local)),
  $year: part('The year.', (local) => civilFromMs(local).year),
};

/** `read` gets milliseconds since 1970 of the local calendar. */
function part(summary: string, read: (local: number) => Value): Operator {
  return {
    form: 'date or { date, timezone }',
    summary,
    parse(operand, context, name) {
      const { date, timezone } = parseDate(operand, context, name);
      return combine(timezone ? [date, timezone] : [date], (scope) => {
        const value = date.evaluate(scope);
        const zone = timeZoneArgument(timezone?.evaluate(scope), timezone !== undefined, name);
        return isNullish(value) || zone === undefined ? null : read(toLocal(zone, dateArgument(value, name)));
      });
    },
  };
}

function parseDate(operand: Value, context: ParseContext, name: string): { date: Expression; timezone?: Expression } {
  if (!isDocument(operand) || operand.keys().next().value?.startsWith('$')) {
    return { date: parseArguments(operand, context, name, ONE)[0]! };
  }
  const fields = readFields(operand, name, { required: ['date'], optional: ['timezone'] });
  const date = context.parse(fields.get('date')!);
  const timezone = fields.get('timezone');
  return timezone === undefined ? { date } : { date, timezone: context.parse(timezone) };
}

function dayOf(local: number): number {
  return Math.floor(local / MS_PER_DAY);
}

type PartNames = 'date' | 'timezone' | 'iso8601';

function toParts({ date, timezone, iso8601 }: NamedValues<PartNames>, name: string, given: ReadonlySet<string>): Document | null {
  const zone = timeZoneArgument(timezone, given.has('timezone'), name);
  if (isNullish(date) || zone === undefined || (given.has('iso8601') && isNullish(iso8601))) return null;
  if (iso8601 !== undefined && typeof iso8601 !== 'boolean') {
    throw invalidExpression(name, `"iso8601" of ${name} is true or false.`);
  }
  const local = toLocal(zone, dateArgument(date, name));
  const { year, month, day, hour, minute, second, millisecond } = civilFromMs(local);
  const week = isoWeek(dayOf(local));
  const dayParts: [string, Value][] =
    iso8601 === true
      ? [
          ['isoWeekYear', week.year],
          ['isoWeek', week.week],
          ['isoDayOfWeek', isoDayOfWeek(local)],
        ]
      : [
          ['year', year],
          ['month', month],
          ['day', day],
        ];
  return new Map([...dayParts, ['hour', hour], ['minute', minute], ['second', second], ['millisecond', millisecond]]);
}
