import type { Comparison } from '@aerolithdb/query';
import { bind, type Fragment, onlyIf, raw, sql } from './sql-fragment.ts';
import type { Comparable } from './value-class.ts';

/**
 * Conditions on one row `e` of `json_each(document, path)`. Invariants of these rows, which all conditions here rely on:
 * 1. A scalar at the path is one row with key NULL. An array is one row an element, with integer keys.
 * 2. An object is one row a member, with text keys: conditions on values must exclude them.
 * 3. A type wrapper is an object with one member, so its row has the wrapper's name as key; as an element of an array it is a row
 *    of type `object` whose value is its stored text.
 * The comparison of the value comes first in each condition: it is the cheapest and the most selective part.
 */

const OPERATORS: Readonly<Record<Comparison, Fragment>> = {
  eq: raw('='),
  gt: raw('>'),
  gte: raw('>='),
  lt: raw('<'),
  lte: raw('<='),
};

export const NO_MEMBER: Fragment = raw("typeof(e.key) <> 'text'");

/** The scalars of the comparison's own class. Undefined where rows alone do not decide (null, and what SQL cannot compare). */
export function scalarCondition(op: Comparison, value: Comparable): Fragment | undefined {
  switch (value.kind) {
    case 'number':
      return sql`e.value ${OPERATORS[op]} ${bind(value.value)} AND e.type IN ('integer','real') AND ${NO_MEMBER}`;
    case 'string':
      return sql`e.value ${OPERATORS[op]} ${bind(value.value)} AND e.type = 'text' AND ${NO_MEMBER}`;
    case 'bool':
      return boolCondition(op, value.value);
    case 'date':
      return wrapperCondition('$date', op, bind(BigInt(value.ms)));
    case 'objectId':
      return wrapperCondition('$oid', op, bind(value.hex));
    default:
      return undefined;
  }
}

/** Both places of a one-member wrapper whose member compares as SQL does. */
function wrapperCondition(name: string, op: Comparison, operand: Fragment): Fragment {
  const member = raw(`'$."${name}"'`);
  const element = onlyIf(sql`e.type = 'object' AND ${NO_MEMBER}`, sql`e.value ->> ${member} ${OPERATORS[op]} ${operand}`);
  return sql`(e.value ${OPERATORS[op]} ${operand} AND e.key = ${raw(`'${name}'`)} OR ${element})`;
}

function boolCondition(op: Comparison, value: boolean): Fragment {
  const passing = [false, true].filter((candidate) => passes(op, Number(candidate) - Number(value)));
  return sql`e.type IN (${raw(passing.map((candidate) => `'${candidate}'`).join(','))}) AND ${NO_MEMBER}`;
}

function passes(op: Comparison, order: number): boolean {
  if (order === 0) return op !== 'gt' && op !== 'lt';
  return order > 0 ? op === 'gt' || op === 'gte' : op === 'lt' || op === 'lte';
}

/** Numbers that are kept as wrappers (small int64, -0, NaN, infinities, decimals): `test` decides them. */
export function wrappedNumberCondition(test: Fragment): Fragment {
  const whole = sql`aerolith_test(${test}, '{"' || e.key || '":"' || e.value || '"}')`;
  const element = sql`aerolith_test(${test}, e.value)`;
  return sql`CASE WHEN e.key IN ('$numberLong','$numberDouble','$numberDecimal') THEN ${whole}
    WHEN e.type = 'object' AND e.value GLOB '{"$number*' AND ${NO_MEMBER} THEN ${element} ELSE 0 END`;
}
