import { Double, type Value } from '@aerolithdb/protocol';
import type { Test } from '@aerolithdb/query';
import { isNull, someRow, someRowLeaf } from './compile-comparison.ts';
import { guarded, type Leaf } from './compile-leaf.ts';
import { NO_MEMBER, scalarCondition, wrappedNumberCondition } from './leaf-condition.ts';
import { leafPredicate } from './reference-test.ts';
import { anyOf, bind, FALSE, type Fragment, raw, sql } from './sql-fragment.ts';
import { type Comparable, comparable } from './value-class.ts';

type InTest = Extract<Test, { op: 'in' }>;

/** `$in` of what stands at a path. A list is one parameter, whatever its length, so that statements are few. */
export function compileIn(at: Fragment, test: InTest): Leaf | undefined {
  if (test.values.length === 0) return { where: FALSE, matchesMissing: false };
  const values = test.values.map(comparable);
  const other = values.find((value) => value.kind === 'other');
  const withNull = values.some((value) => value.kind === 'null');
  if (other?.kind === 'other') return withNull || other.types === 'any' ? undefined : guarded(at, test, ANY_TYPE, other.why);
  const row = rowCondition(test, values);
  if (!withNull) return row === undefined ? { where: FALSE, matchesMissing: false } : someRowLeaf(at, row);
  return { where: row === undefined ? isNull(at) : sql`(${isNull(at)} OR ${someRow(at, row)})`, matchesMissing: true };
}

/** All types but null, which no list without null contains. */
const ANY_TYPE = ['integer', 'real', 'text', 'true', 'false', 'object', 'array'];

function rowCondition(test: InTest, values: readonly Comparable[]): Fragment | undefined {
  const conditions: Fragment[] = [];
  const listed = test.values.filter((_, i) => values[i]!.kind === 'number' || values[i]!.kind === 'string');
  if (listed.length > 0) conditions.push(listCondition(listed));
  if (values.some((value) => value.kind === 'number')) conditions.push(wrappedNumberCondition(bind(leafPredicate(test))));
  for (const value of values) {
    if (value.kind === 'number' || value.kind === 'string' || value.kind === 'null') continue;
    conditions.push(sql`(${scalarCondition('eq', value)!})`);
  }
  return conditions.length === 0 ? undefined : anyOf(conditions);
}

/** Numbers never equal texts in SQLite, so both stand in one list; booleans are excluded by their type. */
function listCondition(values: readonly Value[]): Fragment {
  const list = bind(`[${values.map(listItem).join(',')}]`);
  const types = raw("e.type IN ('integer','real','text')");
  return sql`(e.value IN (SELECT value FROM json_each(${list})) AND ${types} AND ${NO_MEMBER})`;
}

function listItem(value: Value): string {
  if (typeof value === 'string') return JSON.stringify(value);
  const number = value instanceof Double ? value.value : (value as number | bigint);
  if (number === Number.POSITIVE_INFINITY) return '9e999';
  return number === Number.NEGATIVE_INFINITY ? '-9e999' : String(number);
}
