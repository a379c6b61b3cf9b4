import { isDocument, type Value } from '@aerolithdb/protocol';
import type { Sort } from '../../sort.ts';
import { ACCUMULATORS, unknownAccumulator } from '../accumulators/parse-accumulator.ts';
import { invalidPipeline } from '../pipeline-error.ts';
import type { Reading } from '../reading.ts';
import { accumulated } from './accumulated.ts';
import { covarianceOf, curveOf, movingAverage } from './curves.ts';
import { lastCarried, linearFill } from './fills.ts';
import { type Frame, parseFrame } from './frame.ts';
import { rankOf, shiftOf } from './ranks.ts';
import type { WindowFunction } from './window-function.ts';

type Place = { readonly sort: Sort; readonly frame: Frame; readonly reading: Reading };
type Parser = (argument: Value, place: Place) => WindowFunction;

/** Functions of windows alone; those that look at more than the frame take none. */
const FUNCTIONS: ReadonlyMap<string, { readonly framed: boolean; readonly parse: Parser }> = new Map([
  ['$documentNumber', { framed: false, parse: (argument, { sort }) => rankOf('$documentNumber', argument, sort) }],
  ['$rank', { framed: false, parse: (argument, { sort }) => rankOf('$rank', argument, sort) }],
  ['$denseRank', { framed: false, parse: (argument, { sort }) => rankOf('$denseRank', argument, sort) }],
  ['$shift', { framed: false, parse: (argument, { sort, reading }) => shiftOf(argument, sort, reading) }],
  ['$expMovingAvg', { framed: false, parse: (argument, { sort, reading }) => movingAverage(argument, sort, reading) }],
  ['$locf', { framed: false, parse: (argument, { reading }) => lastCarried(argument, reading) }],
  ['$linearFill', { framed: false, parse: (argument, { sort, reading }) => linearFill(argument, sort, reading) }],
  [
    '$derivative',
    { framed: true, parse: (argument, { sort, frame, reading }) => curveOf('$derivative', argument, sort, frame, reading) },
  ],
  [
    '$integral',
    { framed: true, parse: (argument, { sort, frame, reading }) => curveOf('$integral', argument, sort, frame, reading) },
  ],
  [
    '$covariancePop',
    { framed: true, parse: (argument, { frame, reading }) => covarianceOf('$covariancePop', argument, frame, reading) },
  ],
  [
    '$covarianceSamp',
    { framed: true, parse: (argument, { frame, reading }) => covarianceOf('$covarianceSamp', argument, frame, reading) },
  ],
] as const satisfies readonly (readonly [string, { framed: boolean; parse: Parser }])[]);

/** The names of the functions that only windows have. */
export const WINDOW_FUNCTIONS: readonly string[] = [...FUNCTIONS.keys()];

/** Reads `{"$sum": …, "window": …}`, which stands for `field`. Throws `invalid_pipeline`, `unknown_operator`. */
export function parseWindowFunction(field: string, value: Value, sort: Sort, reading: Reading): WindowFunction {
  const entries = isDocument(value) ? [...value].filter(([name]) => name !== 'window') : [];
  const [entry] = entries;
  if (entry === undefined || entries.length > 1)
    throw invalidPipeline('$setWindowFields', `"${field}" takes one window function, and beside it "window".`, { field });
  const [operator, argument] = entry;
  const given = isDocument(value) ? value.get('window') : undefined;
  const frame = parseFrame(given, sort);
  const known = FUNCTIONS.get(operator);
  if (known !== undefined) {
    if (given !== undefined && !known.framed)
      throw invalidPipeline('$setWindowFields', `${operator} takes no "window".`, { field });
    return known.parse(argument, { sort, frame, reading });
  }
  const accumulator = ACCUMULATORS.get(operator);
  if (accumulator === undefined)
    throw unknownAccumulator(operator, '$setWindowFields', [...ACCUMULATORS.keys(), ...FUNCTIONS.keys()]);
  return accumulated(accumulator(argument, reading), frame);
}
