import { double, type Value } from '@aerolithdb/protocol';
import { parseExpression } from '../../expression/parse-expression.ts';
import { asNumber } from '../../numeric.ts';
import { invalidPipeline } from '../pipeline-error.ts';
import type { Reading } from '../reading.ts';
import { constantOf, listOf, optionsOf, stringOf } from '../stage-arguments.ts';
import type { Accumulator } from './accumulator.ts';

/**
 * `$median` and `$percentile` of the numbers of `input`; null where there are none. `approximate` and `discrete` give the number at
 * rank ⌈p·n⌉, which is exact; `continuous` goes between the two nearest.
 */
export function percentileOf(operator: '$median' | '$percentile', argument: Value, reading: Reading): Accumulator {
  const names = operator === '$median' ? ['input', 'method'] : ['input', 'p', 'method'];
  const options = optionsOf(operator, argument, names, names);
  const input = parseExpression(options.get('input')!, reading);
  const method = methodOf(operator, stringOf(operator, options.get('method'), 'method'));
  const ranks = operator === '$median' ? [0.5] : ranksOf(constantOf(operator, options.get('p')!, 'p'));
  return {
    operator,
    argument,
    paths: input.paths,
    begin(memory) {
      const numbers: number[] = [];
      return {
        add(scope) {
          const number = asNumber(input.evaluate(scope));
          if (number === undefined || Number.isNaN(number)) return;
          memory.take(8, operator);
          numbers.push(number);
        },
        value() {
          const sorted = Float64Array.from(numbers).sort();
          const found = ranks.map((rank) => (sorted.length === 0 ? null : double(method(sorted, rank))));
          return operator === '$median' ? found[0]! : found;
        },
      };
    },
  };
}

type Method = (sorted: Float64Array, rank: number) => number;

const discrete: Method = (sorted, rank) => sorted[Math.max(0, Math.ceil(rank * sorted.length) - 1)]!;

const continuous: Method = (sorted, rank) => {
  const place = rank * (sorted.length - 1);
  const low = sorted[Math.floor(place)]!;
  const high = sorted[Math.ceil(place)]!;
  return low === high ? low : low + (high - low) * (place - Math.floor(place));
};

const METHODS: ReadonlyMap<string, Method> = new Map([
  ['approximate', discrete],
  ['discrete', discrete],
  ['continuous', continuous],
]);

function methodOf(operator: string, name: string): Method {
  const method = METHODS.get(name);
  if (method !== undefined) return method;
  throw invalidPipeline(operator, `${operator} has no method "${name}"; it has ${[...METHODS.keys()].join(', ')}.`);
}

function ranksOf(value: Value): readonly number[] {
  return listOf('$percentile', value, 'p').map((rank) => {
    const number = asNumber(rank);
    if (number !== undefined && number >= 0 && number <= 1) return number;
    throw invalidPipeline('$percentile', '$percentile takes numbers from 0 to 1 in "p".', { field: 'p' });
  });
}
