import { compareValues, type Value } from '@aerolithdb/protocol';
import type { Folding } from '../pipeline/accumulators/fold.ts';
import { averageOf, deviationOf, sumOf } from '../pipeline/accumulators/numbers.ts';
import { type Arguments, type Operator, type Operators, positional } from './operator.ts';

/** Accumulators of `$group` on values at hand: those of one array, or those of several arguments. */
export const ACCUMULATORS: Operators = {
  $avg: folding('The mean of the numbers; null of none.', averageOf),
  $max: extreme('The greatest value; null and missing are left out.', -1),
  $min: extreme('The least value; null and missing are left out.', 1),
  $stdDevPop: folding('The standard deviation of a population.', deviationOf('population')),
  $stdDevSamp: folding('The standard deviation of a sample; null of less than two numbers.', deviationOf('sample')),
  $sum: folding('The sum of the numbers; what is no number is left out.', sumOf),
};

function folding(summary: string, begin: () => Folding): Operator {
  return positional('array or [value, …]', summary, [0, Number.POSITIVE_INFINITY], (args) => {
    const state = begin();
    for (const value of valuesOf(args)) state.add(value);
    return state.value();
  });
}

function extreme(summary: string, direction: 1 | -1): Operator {
  return positional('array or [value, …]', summary, [0, Number.POSITIVE_INFINITY], (args) => {
    let best: Value | undefined;
    for (const value of valuesOf(args)) {
      if (value === undefined || value === null) continue;
      if (best === undefined || direction * compareValues(value, best) < 0) best = value;
    }
    return best ?? null;
  });
}

/** A single argument that is an array stands for its elements. */
function valuesOf(args: Arguments): Arguments {
  return args.length === 1 && Array.isArray(args[0]) ? args[0] : args;
}
