import type { Value } from '@aerolithdb/protocol';
import { addUnits, truncateToUnit, unitsBetween } from '../calendar/date-unit.ts';
import { asWholeNumber } from '../numeric.ts';
import { dateArgument, dateFrom } from './date-argument.ts';
import { timeZoneArgument, unitArgument, weekdayArgument } from './date-context.ts';
import { doesNotFit, invalidExpression } from './expression-error.ts';
import { type NamedValues, named, type Operator, type Operators } from './operator.ts';
import { isNullish } from './truth.ts';

const BIN_SIZE_MAX = 100_000_000_000;

export const DATE_ARITHMETIC: Operators = {
  $dateAdd: shifting('The date so many units later.', 1),
  $dateDiff: named(
    '{ startDate, endDate, unit, timezone, startOfWeek }',
    'How many units begin between two dates, a long.',
    { required: ['startDate', 'endDate', 'unit'], optional: ['timezone', 'startOfWeek'] },
    difference,
  ),
  $dateSubtract: shifting('The date so many units earlier.', -1),
  $dateTrunc: named(
    '{ date, unit, binSize, timezone, startOfWeek }',
    'The beginning of the unit, or of binSize units counted from 2000-01-01, that a date is in.',
    { required: ['date', 'unit'], optional: ['binSize', 'timezone', 'startOfWeek'] },
    truncate,
  ),
};

function shifting(summary: string, sign: 1 | -1): Operator {
  const names = { required: ['startDate', 'unit', 'amount'], optional: ['timezone'] } as const;
  type Names = 'startDate' | 'unit' | 'amount' | 'timezone';
  return named('{ startDate, unit, amount, timezone }', summary, names, (values: NamedValues<Names>, name, given) => {
    const { startDate, unit, amount } = values;
    const zone = timeZoneArgument(values.timezone, given.has('timezone'), name);
    if (isNullish(startDate) || isNullish(unit) || isNullish(amount) || zone === undefined) return null;
    const count = asWholeNumber(amount);
    if (count === undefined) throw doesNotFit(name, 'a whole number as "amount"', amount);
    const ms = dateArgument(startDate, name);
    const dateUnit = unitArgument(unit, name);
    return dateFrom(addUnits(ms, dateUnit, sign * count, zone), name);
  });
}

type DifferenceNames = 'startDate' | 'endDate' | 'unit' | 'timezone' | 'startOfWeek';

function difference(values: NamedValues<DifferenceNames>, name: string, given: ReadonlySet<string>): Value {
  const { startDate, endDate, unit, startOfWeek } = values;
  const zone = timeZoneArgument(values.timezone, given.has('timezone'), name);
  if (isNullish(startDate) || isNullish(endDate) || isNullish(unit) || zone === undefined) return null;
  const dateUnit = unitArgument(unit, name);
  const weekStart = weekStartOf(startOfWeek, dateUnit === 'week' && given.has('startOfWeek'), name);
  if (weekStart === undefined) return null;
  return BigInt(unitsBetween(dateArgument(startDate, name), dateArgument(endDate, name), dateUnit, zone, weekStart));
}

/** Sunday when it was not given or does not matter; undefined of null. */
function weekStartOf(value: Value | undefined, counts: boolean, name: string): number | undefined {
  if (!counts) return 0;
  return isNullish(value) ? undefined : weekdayArgument(value, name);
}

type TruncateNames = 'date' | 'unit' | 'binSize' | 'timezone' | 'startOfWeek';

function truncate(values: NamedValues<TruncateNames>, name: string, given: ReadonlySet<string>): Value {
  const { date, unit, binSize, startOfWeek } = values;
  const zone = timeZoneArgument(values.timezone, given.has('timezone'), name);
  if (isNullish(date) || isNullish(unit) || zone === undefined || (given.has('binSize') && isNullish(binSize))) return null;
  const dateUnit = unitArgument(unit, name);
  const size = binSize === undefined ? 1 : asWholeNumber(binSize);
  if (size === undefined || size < 1 || size > BIN_SIZE_MAX) {
    throw invalidExpression(name, `"binSize" of ${name} is a whole number of 1 to ${BIN_SIZE_MAX}.`);
  }
  const weekStart = weekStartOf(startOfWeek, dateUnit === 'week' && given.has('startOfWeek'), name);
  if (weekStart === undefined) return null;
  return dateFrom(truncateToUnit(dateArgument(date, name), dateUnit, size, zone, weekStart), name);
}
