import type { Value } from '@aerolithdb/protocol';
import type { Scope } from '../../expression/expression.ts';
import type { Accumulating, Accumulator } from '../accumulators/accumulator.ts';
import { MemoryBudget } from '../memory-budget.ts';
import { type Frame, framesOf } from './frame.ts';
import type { WindowFunction } from './window-function.ts';

/** An accumulator over the frame of each row. */
export function accumulated(accumulator: Accumulator, frame: Frame): WindowFunction {
  return (partition, memory) => {
    const { scopes } = partition;
    const frameAt = framesOf(frame, partition);
    if (frame.lower === Number.NEGATIVE_INFINITY) return growing(accumulator, scopes, (row) => frameAt(row)[1], memory);
    return scopes.map((scope, row) => {
      const [from, to] = frameAt(row);
      // What one frame holds is given up before the next begins.
      const one = accumulator.begin(new MemoryBudget(), scope);
      for (let i = from; i < to; i++) one.add(scopes[i]!);
      return one.value() ?? null;
    });
  };
}

/** A frame that begins with the partition only grows from row to row. */
function growing(
  accumulator: Accumulator,
  scopes: readonly Scope[],
  endAt: (row: number) => number,
  memory: MemoryBudget,
): readonly Value[] {
  const [first] = scopes;
  if (first === undefined) return [];
  const one = accumulator.begin(memory, first);
  let end = 0;
  let last: Value | undefined;
  return scopes.map((_, row) => {
    const next = endAt(row);
    if (last !== undefined && next === end) return last;
    for (; end < next; end++) one.add(scopes[end]!);
    last = snapshot(one);
    return last;
  });
}

/** What an accumulator gives may go on growing inside of it. */
function snapshot(one: Accumulating): Value {
  const value = one.value() ?? null;
  if (Array.isArray(value)) return [...value];
  return value instanceof Map ? new Map(value) : value;
}
