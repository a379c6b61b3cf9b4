import type { Comparison, Test } from '@aerolithdb/query';
import { someRow } from './compile-comparison.ts';
import type { Leaf } from './compile-leaf.ts';
import { scalarCondition, wrappedNumberCondition } from './leaf-condition.ts';
import { leafPredicate } from './reference-test.ts';
import { allOf, bind, type Fragment, sql } from './sql-fragment.ts';
import { comparable } from './value-class.ts';

/** `$elemMatch` whose tests are all comparisons with scalars: one row must pass all of them. Undefined for any other. */
export function compileElemMatchValue(at: Fragment, test: Extract<Test, { op: 'elemMatchValue' }>): Leaf | undefined {
  const conditions: Fragment[] = [];
  for (const part of test.tests) {
    const condition = elementCondition(part);
    if (condition === undefined) return undefined;
    conditions.push(sql`(${condition})`);
  }
  if (conditions.length === 0) return undefined;
  const where = sql`(json_type(d.doc, ${at}) = 'array' AND ${someRow(at, allOf(conditions))})`;
  return { where, matchesMissing: false };
}

function elementCondition(test: Test): Fragment | undefined {
  if (!isComparison(test)) return undefined;
  const value = comparable(test.value);
  if (value.kind === 'number')
    return sql`${scalarCondition(test.op, value)!} OR ${wrappedNumberCondition(bind(leafPredicate(test)))}`;
  if (value.kind === 'null') return test.op === 'gt' || test.op === 'lt' ? undefined : sql`e.type = 'null'`;
  return scalarCondition(test.op, value);
}

function isComparison(test: Test): test is Extract<Test, { op: Comparison }> {
  return test.op === 'eq' || test.op === 'gt' || test.op === 'gte' || test.op === 'lt' || test.op === 'lte';
}
