import { DateTime, NotImplemented, type Value } from '@aerolithdb/protocol';
import { asNumber } from '../../numeric.ts';
import { invalidPipeline } from '../pipeline-error.ts';

const UNIT_MS: ReadonlyMap<string, number> = new Map([
  ['week', 604_800_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
  ['millisecond', 1],
]);

/** Milliseconds of a unit of time; undefined without one. Throws `not_implemented` for units that are not of one length. */
export function unitMs(stage: string, unit: Value | undefined): number | undefined {
  if (unit === undefined) return undefined;
  if (unit === 'month' || unit === 'quarter' || unit === 'year') throw new NotImplemented(`The unit ${unit} in ${stage}`);
  const ms = typeof unit === 'string' ? UNIT_MS.get(unit) : undefined;
  if (ms !== undefined) return ms;
  throw invalidPipeline(stage, `${stage} takes ${[...UNIT_MS.keys()].join(', ')} as "unit".`, { field: 'unit' });
}

/** A value on the axis of a sort: a number, or with a unit the milliseconds of a date. Throws `invalid_pipeline` for another. */
export function onAxis(stage: string, value: Value | undefined, unit: number | undefined): number {
  const place = unit === undefined ? asNumber(value) : value instanceof DateTime ? value.ms : undefined;
  if (place !== undefined) return place;
  const wanted = unit === undefined ? 'numbers' : 'dates, since it names a "unit"';
  throw invalidPipeline(stage, `${stage} met a value in the field of its order that does not fit; it takes ${wanted}.`);
}
