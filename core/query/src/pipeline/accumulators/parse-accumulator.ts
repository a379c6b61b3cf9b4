import { AerolithError, isDocument, suggestNearest, type Value } from '@aerolithdb/protocol';
import { invalidPipeline } from '../pipeline-error.ts';
import type { Reading } from '../reading.ts';
import type { Accumulator } from './accumulator.ts';
import { addToSetOf, extremeOf, firstOf, foldOf, lastOf, pushOf } from './fold.ts';
import { averageOf, deviationOf, mergeObjectsOf, sumOf } from './numbers.ts';
import { percentileOf } from './percentile.ts';
import { rankedOf, severalOf } from './ranked.ts';

type Parser = (argument: Value, reading: Reading) => Accumulator;

/** Every accumulator of `$group`, by its operator. */
export const ACCUMULATORS: ReadonlyMap<string, Parser> = new Map<string, Parser>([
  ['$sum', (argument, reading) => foldOf('$sum', argument, reading, sumOf)],
  ['$avg', (argument, reading) => foldOf('$avg', argument, reading, averageOf)],
  ['$min', (argument, reading) => foldOf('$min', argument, reading, extremeOf(1))],
  ['$max', (argument, reading) => foldOf('$max', argument, reading, extremeOf(-1))],
  ['$first', (argument, reading) => foldOf('$first', argument, reading, firstOf)],
  ['$last', (argument, reading) => foldOf('$last', argument, reading, lastOf)],
  ['$push', (argument, reading) => foldOf('$push', argument, reading, pushOf)],
  ['$addToSet', (argument, reading) => foldOf('$addToSet', argument, reading, addToSetOf)],
  ['$count', countOf],
  ['$stdDevPop', (argument, reading) => foldOf('$stdDevPop', argument, reading, deviationOf('population'))],
  ['$stdDevSamp', (argument, reading) => foldOf('$stdDevSamp', argument, reading, deviationOf('sample'))],
  ['$mergeObjects', (argument, reading) => foldOf('$mergeObjects', argument, reading, mergeObjectsOf)],
  ['$top', (argument, reading) => rankedOf('$top', argument, reading)],
  ['$topN', (argument, reading) => rankedOf('$topN', argument, reading)],
  ['$bottom', (argument, reading) => rankedOf('$bottom', argument, reading)],
  ['$bottomN', (argument, reading) => rankedOf('$bottomN', argument, reading)],
  ['$firstN', (argument, reading) => severalOf('$firstN', argument, reading)],
  ['$lastN', (argument, reading) => severalOf('$lastN', argument, reading)],
  ['$minN', (argument, reading) => severalOf('$minN', argument, reading)],
  ['$maxN', (argument, reading) => severalOf('$maxN', argument, reading)],
  ['$median', (argument, reading) => percentileOf('$median', argument, reading)],
  ['$percentile', (argument, reading) => percentileOf('$percentile', argument, reading)],
]);

/** The names of all accumulators. */
export const ACCUMULATOR_NAMES: readonly string[] = [...ACCUMULATORS.keys()];

/** Reads `{"$sum": …}`, which stands for `field` in `stage`. Throws `invalid_pipeline`, `unknown_operator`. */
export function parseAccumulator(stage: string, field: string, value: Value, reading: Reading): Accumulator {
  if (!isDocument(value) || value.size !== 1)
    throw invalidPipeline(stage, `"${field}" in ${stage} takes one accumulator, for example {"$sum": 1}.`, { field });
  const [[operator, argument]] = [...value] as [[string, Value]];
  const parser = ACCUMULATORS.get(operator);
  if (parser === undefined) throw unknownAccumulator(operator, stage, ACCUMULATORS.keys());
  return parser(argument, reading);
}

export function unknownAccumulator(operator: string, stage: string, known: Iterable<string>): AerolithError {
  const nearest = suggestNearest(operator, known);
  const hint = nearest === undefined ? `known are ${[...known].join(', ')}.` : `did you mean ${nearest}?`;
  return new AerolithError('unknown_operator', `There is no accumulator ${operator} for ${stage}; ${hint}`, {
    operator,
    nearest,
  });
}

function countOf(argument: Value, reading: Reading): Accumulator {
  if (!isDocument(argument) || argument.size !== 0)
    throw invalidPipeline('$count', 'The accumulator $count takes an empty object: {"$count": {}}.');
  const one = foldOf('$count', 1, reading, sumOf);
  return { ...one, argument };
}
