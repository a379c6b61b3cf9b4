import { compareOptional } from './compare-optional.ts';
import { binary, type Operator, type Operators } from './operator.ts';

export const COMPARISON: Operators = {
  $cmp: binary('[a, b]', '-1, 0 or 1 as a is below, equal to or above b, in BSON order.', (a, b) =>
    Math.sign(compareOptional(a, b)),
  ),
  $eq: comparison('Whether a equals b; numbers of all types compare by value.', (order) => order === 0),
  $gt: comparison('Whether a is above b.', (order) => order > 0),
  $gte: comparison('Whether a is above or equal to b.', (order) => order >= 0),
  $lt: comparison('Whether a is below b.', (order) => order < 0),
  $lte: comparison('Whether a is below or equal to b.', (order) => order <= 0),
  $ne: comparison('Whether a differs from b.', (order) => order !== 0),
};

function comparison(summary: string, holds: (order: number) => boolean): Operator {
  return binary('[a, b]', summary, (a, b) => holds(compareOptional(a, b)));
}
