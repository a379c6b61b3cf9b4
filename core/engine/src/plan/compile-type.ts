import type { Test } from '@aerolithdb/query';
import { someRowLeaf } from './compile-comparison.ts';
import { guarded, type Leaf } from './compile-leaf.ts';
import { NO_MEMBER } from './leaf-condition.ts';
import { anyOf, type Fragment, raw, sql } from './sql-fragment.ts';

/** Conditions on a row `e` (see `leaf-condition.ts`) for the types whose stored form shows them. */
const CONDITIONS: ReadonlyMap<string, Fragment> = new Map([
  ['string', plain("e.type = 'text'")],
  ['bool', plain("e.type IN ('true','false')")],
  ['null', plain("e.type = 'null'")],
  ['int', plain("e.type = 'integer' AND e.value BETWEEN -2147483648 AND 2147483647")],
  ['long', anyOf([plain("e.type = 'integer' AND e.value NOT BETWEEN -2147483648 AND 2147483647"), wrapper('$numberLong')])],
  ['double', anyOf([plain("e.type = 'real'"), wrapper('$numberDouble')])],
  ['decimal', wrapper('$numberDecimal')],
  ['date', wrapper('$date')],
  ['objectId', wrapper('$oid')],
  ['binData', wrapper('$binary')],
  ['regex', wrapper('$regularExpression')],
  ['timestamp', wrapper('$timestamp')],
]);

/** `$type` of what stands at a path. */
export function compileType(at: Fragment, test: Extract<Test, { op: 'type' }>): Leaf {
  const conditions = test.types.map((type) => CONDITIONS.get(type));
  if (conditions.every((condition) => condition !== undefined)) return someRowLeaf(at, anyOf(conditions));
  return guarded(at, test, ALL_TYPES, 'Documents and arrays are told from their members by the reference evaluation.');
}

const ALL_TYPES = ['null', 'true', 'false', 'integer', 'real', 'text', 'object', 'array'];

function plain(condition: string): Fragment {
  return sql`(${raw(condition)} AND ${NO_MEMBER})`;
}

function wrapper(name: string): Fragment {
  return sql`(e.key = ${raw(`'${name}'`)} OR e.type = 'object' AND ${NO_MEMBER} AND e.value GLOB ${raw(`'{"${name}":*'`)})`;
}
