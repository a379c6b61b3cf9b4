import type { Comparison, Test } from '@aerolithdb/query';
import { guarded, type Leaf } from './compile-leaf.ts';
import { scalarCondition, wrappedNumberCondition } from './leaf-condition.ts';
import { leafPredicate } from './reference-test.ts';
import { bind, FALSE, type Fragment, onlyIf, sql } from './sql-fragment.ts';
import { type Comparable, comparable } from './value-class.ts';

type ComparisonTest = Extract<Test, { op: Comparison }>;

/** `$eq $gt $gte $lt $lte` of what stands at a path. Undefined: the reference evaluation must see the whole path. */
export function compileComparison(at: Fragment, test: ComparisonTest): Leaf | undefined {
  const value = comparable(test.value);
  if (value.kind === 'other') return value.types === 'any' ? undefined : guarded(at, test, value.types, value.why);
  if (value.kind === 'null') return compareWithNull(at, test.op);
  if (value.kind === 'number') return compareWithNumber(at, test, value);
  const condition = scalarCondition(test.op, value);
  if (condition === undefined) return undefined;
  return someRowLeaf(at, condition);
}

export function someRow(at: Fragment, condition: Fragment): Fragment {
  return sql`EXISTS (SELECT 1 FROM json_each(d.doc, ${at}) e WHERE ${condition})`;
}

export function someRowLeaf(at: Fragment, condition: Fragment): Leaf {
  return { where: someRow(at, condition), matchesMissing: false };
}

/** Null is equal to what is missing; nothing is above or below it. */
function compareWithNull(at: Fragment, op: Comparison): Leaf {
  if (op === 'gt' || op === 'lt') return { where: FALSE, matchesMissing: false };
  return { where: isNull(at), matchesMissing: true };
}

export function isNull(at: Fragment): Fragment {
  const inArray = someRow(at, sql`e.type = 'null'`);
  return sql`CASE ifnull(json_type(d.doc, ${at}), 'null') WHEN 'null' THEN 1 WHEN 'array' THEN ${inArray} ELSE 0 END`;
}

function compareWithNumber(at: Fragment, test: ComparisonTest, value: Extract<Comparable, { kind: 'number' }>): Leaf {
  const predicate = bind(leafPredicate(test));
  const element = sql`(${scalarCondition(test.op, value)!} OR ${wrappedNumberCondition(predicate)})`;
  const necessary = necessaryForNumber(at, test.op, value.value);
  if (necessary === undefined) return someRowLeaf(at, element);
  const exact = exactForNumber(at, element, predicate);
  const orElse = (fallback: Fragment) => sql`CASE ${necessary} WHEN 1 THEN ${exact} WHEN 0 THEN 0 ELSE ${fallback} END`;
  return { where: sql`(${necessary} AND ${exact})`, matchesMissing: false, orElse };
}

/**
 * A condition that costs one look into the document and holds for everything that may match: SQLite orders numbers before
 * texts, and arrays and wrappers come out of `->>` as text. `x NOT BETWEEN n AND ''` says "below n, or a text that is not empty".
 */
function necessaryForNumber(at: Fragment, op: Comparison, value: number | bigint): Fragment | undefined {
  switch (op) {
    case 'gt':
      return sql`d.doc ->> ${at} > ${bind(value)}`;
    case 'gte':
      return sql`d.doc ->> ${at} >= ${bind(value)}`;
    case 'lt':
      return sql`d.doc ->> ${at} NOT BETWEEN ${bind(value)} AND ''`;
    default:
      return undefined;
  }
}

/** After the necessary condition the type decides: every number passes. Booleans, which come out of `->>` as 0 and 1, do not. */
function exactForNumber(at: Fragment, element: Fragment, predicate: Fragment): Fragment {
  const call = sql`aerolith_test(${predicate}, d.doc -> ${at})`;
  return sql`CASE json_type(d.doc, ${at}) WHEN 'integer' THEN 1 WHEN 'real' THEN 1 WHEN 'array' THEN ${someRow(at, element)}
    WHEN 'object' THEN ${onlyIf(sql`d.doc -> ${at} GLOB '{"$number*'`, call)} ELSE 0 END`;
}
