import { DateTime, double, type Value } from '@aerolithdb/protocol';
import { parseExpression } from '../../expression/parse-expression.ts';
import { asNumber } from '../../numeric.ts';
import type { Sort } from '../../sort.ts';
import { invalidPipeline } from '../pipeline-error.ts';
import type { Reading } from '../reading.ts';
import type { Partition } from './partition.ts';
import { onAxis } from './time-unit.ts';
import type { WindowFunction } from './window-function.ts';

/** `$locf`: the last value that was there, where there is none. */
export function lastCarried(argument: Value, reading: Reading): WindowFunction {
  const input = parseExpression(argument, reading);
  return ({ scopes }) => {
    let last: Value = null;
    return scopes.map((scope) => {
      last = input.evaluate(scope) ?? last;
      return last;
    });
  };
}

/** `$linearFill`: on the straight line between the values around, along the axis of the sort; null before the first and after the last. */
export function linearFill(argument: Value, sort: Sort, reading: Reading): WindowFunction {
  const input = parseExpression(argument, reading);
  if (sort.length !== 1) throw invalidPipeline('$linearFill', '$linearFill needs a "sortBy" of one field.');
  return (partition) => {
    const values = partition.scopes.map((scope) => input.evaluate(scope) ?? null);
    const axis = axisOf(partition);
    let before = -1;
    return values.map((value, row) => {
      if (value !== null) {
        before = row;
        return value;
      }
      const after = values.findIndex((each, i) => i > row && each !== null);
      return before === -1 || after === -1 ? null : between(values, axis, before, row, after);
    });
  };
}

function axisOf({ keys }: Partition): readonly number[] {
  return keys.map(([value]) => onAxis('$linearFill', value, value instanceof DateTime));
}

function between(values: readonly Value[], axis: readonly number[], before: number, row: number, after: number): Value {
  const [from, to] = [asNumber(values[before]), asNumber(values[after])];
  if (from === undefined || to === undefined) throw invalidPipeline('$linearFill', '$linearFill takes numbers to go between.');
  const share = (axis[row]! - axis[before]!) / (axis[after]! - axis[before]!);
  return double(from + (to - from) * share);
}
