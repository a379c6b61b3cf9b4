import { DateTime, type Value } from '@aerolithdb/protocol';
import { addUnits, DATE_UNITS, type DateUnit } from '../../calendar/date-unit.ts';
import { UTC } from '../../calendar/time-zone.ts';
import { asNumber } from '../../numeric.ts';
import { invalidPipeline } from '../pipeline-error.ts';

/** The unit of time that a stage names; undefined when it names none. */
export function unitOf(stage: string, value: Value | undefined): DateUnit | undefined {
  if (value === undefined) return undefined;
  const unit = DATE_UNITS.find((each) => each === value);
  if (unit !== undefined) return unit;
  throw invalidPipeline(stage, `${stage} takes ${DATE_UNITS.join(', ')} as "unit".`, { field: 'unit' });
}

/** Milliseconds of a unit that always has as many; 1 without a unit. */
export function lengthOf(stage: string, unit: DateUnit | undefined): number {
  if (unit === undefined) return 1;
  if (unit !== 'month' && unit !== 'quarter' && unit !== 'year') return addUnits(0, unit, 1, UTC);
  throw invalidPipeline(stage, `${stage} takes a "unit" of one length: a week or less.`, { field: 'unit' });
}

/** A place on an axis so many units on. */
export function shifted(place: number, unit: DateUnit | undefined, amount: number): number {
  return unit === undefined || !Number.isFinite(amount) ? place + amount : addUnits(place, unit, amount, UTC);
}

/** A value on the axis of a sort: a number, or with a unit the milliseconds of a date. Throws `invalid_pipeline` for another. */
export function onAxis(stage: string, value: Value | undefined, isDate: boolean): number {
  const place = isDate ? (value instanceof DateTime ? value.ms : undefined) : asNumber(value);
  if (place !== undefined) return place;
  const wanted = isDate ? 'dates, since it names a "unit"' : 'numbers';
  throw invalidPipeline(stage, `${stage} met a value in the field of its order that does not fit; it takes ${wanted}.`);
}
