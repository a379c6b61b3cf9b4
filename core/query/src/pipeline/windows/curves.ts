import { double, type Value } from '@aerolithdb/protocol';
import type { Expression } from '../../expression/expression.ts';
import { parseExpression } from '../../expression/parse-expression.ts';
import { asNumber } from '../../numeric.ts';
import type { Sort } from '../../sort.ts';
import { invalidPipeline } from '../pipeline-error.ts';
import type { Reading } from '../reading.ts';
import { listOf, optionsOf } from '../stage-arguments.ts';
import { type Frame, framesOf } from './frame.ts';
import { lengthOf, onAxis, unitOf } from './time-unit.ts';
import type { WindowFunction } from './window-function.ts';

type Point = { readonly x: number; readonly y: number };

/** `$derivative` (slope from the first to the last point) and `$integral` (area by trapezoids) of the points in the frame of a row. */
export function curveOf(
  operator: '$derivative' | '$integral',
  argument: Value,
  sort: Sort,
  frame: Frame,
  reading: Reading,
): WindowFunction {
  const options = optionsOf(operator, argument, ['input', 'unit'], ['input']);
  const input = parseExpression(options.get('input')!, reading);
  const unit = unitOf(operator, options.get('unit'));
  const length = lengthOf(operator, unit);
  if (sort.length !== 1) throw invalidPipeline(operator, `${operator} needs a "sortBy" of one field.`);
  const measure = operator === '$derivative' ? slope : area;
  return (partition) => {
    const frameAt = framesOf(frame, partition);
    const points = partition.scopes.map((scope, row): Point | undefined => {
      const y = asNumber(input.evaluate(scope));
      return y === undefined ? undefined : { x: onAxis(operator, partition.keys[row]![0], unit !== undefined) / length, y };
    });
    return points.map((_, row) => {
      const seen = points.slice(...frameAt(row));
      const known = seen.filter((point) => point !== undefined);
      return known.length < seen.length ? null : measure(known);
    });
  };
}

function slope(points: readonly Point[]): Value {
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined || first.x === last.x) return null;
  return double((last.y - first.y) / (last.x - first.x));
}

function area(points: readonly Point[]): Value {
  if (points.length === 0) return null;
  const parts = points.slice(1).map(({ x, y }, i) => ((points[i]!.y + y) / 2) * (x - points[i]!.x));
  return double(parts.reduce((sum, part) => sum + part, 0));
}

/** `$covariancePop` and `$covarianceSamp` of two expressions; pairs that are not both numbers are left out. */
export function covarianceOf(
  operator: '$covariancePop' | '$covarianceSamp',
  argument: Value,
  frame: Frame,
  reading: Reading,
): WindowFunction {
  const [x, y] = listOf(operator, argument, 'expressions').map((each) => parseExpression(each, reading)) as Expression[];
  if (x === undefined || y === undefined) throw invalidPipeline(operator, `${operator} takes a list of two expressions.`);
  return (partition) => {
    const frameAt = framesOf(frame, partition);
    const points = partition.scopes.map((scope) => ({ x: asNumber(x.evaluate(scope)), y: asNumber(y.evaluate(scope)) }));
    return points.map((_, row) => {
      const known = points
        .slice(...frameAt(row))
        .filter((point): point is Point => point.x !== undefined && point.y !== undefined);
      return covariance(known, operator === '$covariancePop' ? known.length : known.length - 1);
    });
  };
}

function covariance(points: readonly Point[], divisor: number): Value {
  if (divisor < 1) return null;
  const mean = (of: (point: Point) => number) => points.reduce((sum, point) => sum + of(point), 0) / points.length;
  const [meanX, meanY] = [mean(({ x }) => x), mean(({ y }) => y)];
  return double(points.reduce((sum, { x, y }) => sum + (x - meanX) * (y - meanY), 0) / divisor);
}

/** `$expMovingAvg`: each number moves the average towards it by `alpha`, or by 2 / (N + 1). */
export function movingAverage(argument: Value, sort: Sort, reading: Reading): WindowFunction {
  const name = '$expMovingAvg';
  const options = optionsOf(name, argument, ['input', 'N', 'alpha'], ['input']);
  if (sort.length === 0) throw invalidPipeline(name, `${name} needs a "sortBy" in $setWindowFields.`);
  const input = parseExpression(options.get('input')!, reading);
  const [count, given] = [asNumber(options.get('N')), asNumber(options.get('alpha'))];
  const alpha = count === undefined ? given : 2 / (count + 1);
  if (alpha === undefined || !(alpha > 0 && alpha <= 1) || (count !== undefined && given !== undefined))
    throw invalidPipeline(name, `${name} takes either "N", a whole number from 1 on, or "alpha", between 0 and 1.`);
  return ({ scopes }) => {
    let average: number | undefined;
    return scopes.map((scope) => {
      const number = asNumber(input.evaluate(scope));
      if (number !== undefined) average = average === undefined ? number : average + alpha * (number - average);
      return average === undefined ? null : double(average);
    });
  };
}
