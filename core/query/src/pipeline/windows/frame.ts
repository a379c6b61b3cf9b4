import type { Value } from '@aerolithdb/protocol';
import type { DateUnit } from '../../calendar/date-unit.ts';
import { asNumber, asWholeNumber } from '../../numeric.ts';
import type { Sort } from '../../sort.ts';
import { invalidPipeline } from '../pipeline-error.ts';
import { optionsOf } from '../stage-arguments.ts';
import type { Partition } from './partition.ts';
import { onAxis, shifted, unitOf } from './time-unit.ts';

/** Which rows of a partition a window function sees from one row: `from` up to, not including, `to`. */
export type Frame = {
  readonly kind: 'documents' | 'range';
  readonly lower: Bound;
  readonly upper: Bound;
  readonly unit?: DateUnit;
};

/** How far from the row, in rows or on the axis of the sort; the infinities are the ends of the partition. */
type Bound = number;

const STAGE = '$setWindowFields';

export const WHOLE: Frame = { kind: 'documents', lower: Number.NEGATIVE_INFINITY, upper: Number.POSITIVE_INFINITY };

export function parseFrame(value: Value | undefined, sort: Sort): Frame {
  if (value === undefined) return WHOLE;
  const options = optionsOf(STAGE, value, ['documents', 'range', 'unit']);
  const [documents, range] = [options.get('documents'), options.get('range')];
  if ((documents === undefined) === (range === undefined))
    throw invalidPipeline(STAGE, 'A window has either "documents" or "range".');
  if (documents !== undefined) return rowFrame(documents, sort);
  const unit = unitOf(STAGE, options.get('unit'));
  if (sort.length !== 1 || sort[0]?.direction !== 1)
    throw invalidPipeline(STAGE, 'A window with "range" needs a "sortBy" of one ascending field.');
  const read = unit === undefined ? asNumber : asWholeNumber;
  return { kind: 'range', ...bounds('range', range, read), ...(unit === undefined ? {} : { unit }) };
}

function rowFrame(documents: Value, sort: Sort): Frame {
  const frame = { kind: 'documents', ...bounds('documents', documents, asWholeNumber) } as const;
  if (sort.length === 0 && (Number.isFinite(frame.lower) || Number.isFinite(frame.upper)))
    throw invalidPipeline(STAGE, 'A window of some documents needs "sortBy".');
  return frame;
}

function bounds(name: string, value: Value | undefined, read: (value: Value) => number | undefined) {
  const [lower, upper] = Array.isArray(value) && value.length === 2 ? (value as [Value, Value]) : [null, null];
  const from = bound(lower, Number.NEGATIVE_INFINITY, read);
  const to = bound(upper, Number.POSITIVE_INFINITY, read);
  if (from !== undefined && to !== undefined && from <= to) return { lower: from, upper: to };
  throw invalidPipeline(
    STAGE,
    `"${name}" of a window is [lower, upper]: numbers, "current" or "unbounded", the lower one first.`,
  );
}

function bound(value: Value, unbounded: number, read: (value: Value) => number | undefined): number | undefined {
  if (value === 'unbounded') return unbounded;
  return value === 'current' ? 0 : read(value);
}

/** The rows that each row of a partition sees, as a function of its number. */
export function framesOf(frame: Frame, partition: Partition): (row: number) => readonly [from: number, to: number] {
  const { length } = partition.scopes;
  const { lower, upper } = frame;
  if (frame.kind === 'documents') return (row) => [clamp(row + lower, length), clamp(row + upper + 1, length)];
  const axis = partition.keys.map(([value]) => onAxis(STAGE, value, frame.unit !== undefined));
  return (row) => {
    const here = axis[row]!;
    const [from, to] = [shifted(here, frame.unit, lower), shifted(here, frame.unit, upper)];
    return [firstAt(axis, (value) => value >= from), firstAt(axis, (value) => value > to)];
  };
}

function clamp(row: number, length: number): number {
  return Math.min(Math.max(row, 0), length);
}

/** The first place where the test holds, in a list where it holds from some place on; its length when nowhere. */
function firstAt(axis: readonly number[], holds: (value: number) => boolean): number {
  let low = 0;
  let high = axis.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(axis[middle]!)) high = middle;
    else low = middle + 1;
  }
  return low;
}
