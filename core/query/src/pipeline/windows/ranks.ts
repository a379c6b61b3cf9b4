import { integer, type Value } from '@aerolithdb/protocol';
import { parseExpression } from '../../expression/parse-expression.ts';
import { asWholeNumber } from '../../numeric.ts';
import { compareSortKeys, type Sort } from '../../sort.ts';
import { invalidPipeline } from '../pipeline-error.ts';
import type { Reading } from '../reading.ts';
import { constantOf, optionsOf } from '../stage-arguments.ts';
import type { WindowFunction } from './window-function.ts';

/** `$documentNumber`, `$rank` and `$denseRank`: the place of a row. Equal ones share a rank; `$rank` leaves out as many after it. */
export function rankOf(operator: '$documentNumber' | '$rank' | '$denseRank', argument: Value, sort: Sort): WindowFunction {
  optionsOf(operator, argument, []);
  if (sort.length === 0) throw invalidPipeline(operator, `${operator} needs a "sortBy" in $setWindowFields.`);
  return ({ keys }) => {
    let rank = 0;
    return keys.map((key, row) => {
      const isEqual = row > 0 && compareSortKeys(sort, keys[row - 1]!, key) === 0;
      if (operator === '$documentNumber') rank = row + 1;
      else if (!isEqual) rank = operator === '$rank' ? row + 1 : rank + 1;
      return integer(rank);
    });
  };
}

/** `$shift`: the output of the row so many rows on; the default, else null, beyond the ends. */
export function shiftOf(argument: Value, sort: Sort, reading: Reading): WindowFunction {
  const options = optionsOf('$shift', argument, ['output', 'by', 'default'], ['output', 'by']);
  const by = asWholeNumber(options.get('by'));
  if (by === undefined) throw invalidPipeline('$shift', '$shift takes a whole number as "by".', { field: 'by' });
  if (sort.length === 0) throw invalidPipeline('$shift', '$shift needs a "sortBy" in $setWindowFields.');
  const output = parseExpression(options.get('output')!, reading);
  const given = options.get('default');
  const beyond = given === undefined ? null : constantOf('$shift', given, 'default');
  return ({ scopes }) =>
    scopes.map((_, row) => {
      const scope = scopes[row + by];
      return scope === undefined ? beyond : (output.evaluate(scope) ?? null);
    });
}
