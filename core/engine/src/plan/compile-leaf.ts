import { regexPrefix, type Test } from '@aerolithdb/query';
import { compileComparison } from './compile-comparison.ts';
import { compileElemMatchValue } from './compile-elem-match.ts';
import { compileIn } from './compile-in.ts';
import { compileType } from './compile-type.ts';
import { nextText } from './next-text.ts';
import { leafPredicate } from './reference-test.ts';
import { bind, type Fragment, onlyIf, raw, sql } from './sql-fragment.ts';

/** A test of what stands at a path that leads through objects only. */
export type Leaf = {
  readonly where: Fragment;
  /** Whether it can hold where nothing is at the path. */
  readonly matchesMissing: boolean;
  /** Why the reference evaluation takes part; absent when it does not. */
  readonly why?: string;
  /** The same as `where OR fallback`, for a fallback that can only hold where nothing is at the path; it is not tried elsewhere. */
  readonly orElse?: (fallback: Fragment) => Fragment;
};

/** Undefined: only the reference evaluation on the whole path can say it. */
export function compileLeaf(at: Fragment, test: Test): Leaf | undefined {
  switch (test.op) {
    case 'eq':
    case 'gt':
    case 'gte':
    case 'lt':
    case 'lte':
      return compileComparison(at, test);
    case 'in':
      return compileIn(at, test);
    case 'exists':
      return { where: sql`json_type(d.doc, ${at}) IS NOT NULL`, matchesMissing: false };
    case 'type':
      return compileType(at, test);
    case 'size':
      return { where: sizeCondition(at, test.size), matchesMissing: false };
    case 'mod':
      return guarded(
        at,
        test,
        ['integer', 'real', 'object', 'array'],
        'Remainders of doubles and wrapped numbers differ in SQL.',
      );
    case 'bitsAllSet':
    case 'bitsAnySet':
    case 'bitsAllClear':
    case 'bitsAnyClear':
      return guarded(at, test, ['integer', 'real', 'object', 'array'], 'Bits of doubles and wrapped values differ in SQL.');
    case 'geoWithin':
    case 'geoIntersects':
    case 'near':
      return guarded(at, test, ['object', 'array'], 'SQL knows no geometry.');
    case 'regex':
      return compileRegex(at, test);
    case 'elemMatchValue':
      return compileElemMatchValue(at, test) ?? guarded(at, test, ['array'], 'SQL cannot say these tests of one element.');
    case 'elemMatchDocument':
      return guarded(at, test, ['array'], 'Each element is matched as a document.');
    default:
      return undefined;
  }
}

/** Calls the reference evaluation for values of these SQLite JSON types only. */
export function guarded(at: Fragment, test: Test, types: readonly string[], why: string): Leaf {
  const list = raw(types.map((type) => `'${type}'`).join(','));
  const call = sql`aerolith_test(${bind(leafPredicate(test))}, d.doc -> ${at})`;
  return { where: onlyIf(sql`json_type(d.doc, ${at}) IN (${list})`, call), matchesMissing: false, why };
}

function sizeCondition(at: Fragment, size: number): Fragment {
  return sql`CASE json_type(d.doc, ${at}) WHEN 'array' THEN json_array_length(d.doc, ${at}) = ${bind(size)} ELSE 0 END`;
}

function compileRegex(at: Fragment, test: Extract<Test, { op: 'regex' }>): Leaf {
  const text = sql`aerolith_test(${bind((subject) => subject !== null && test.test(subject))}, d.doc ->> ${at})`;
  const value = sql`aerolith_test(${bind(leafPredicate(test))}, d.doc -> ${at})`;
  const where = sql`CASE json_type(d.doc, ${at}) WHEN 'text' THEN ${afterPrefixCheck(at, test, text)}
    WHEN 'array' THEN ${value} WHEN 'object' THEN ${value} ELSE 0 END`;
  return { where, matchesMissing: false, why: 'SQL has no regular expressions.' };
}

/** A pattern that begins with literal text is tried only on texts that do. */
function afterPrefixCheck(at: Fragment, test: Extract<Test, { op: 'regex' }>, call: Fragment): Fragment {
  const prefix = regexPrefix(test.pattern, test.options);
  const next = prefix === undefined || prefix.includes('\0') ? undefined : nextText(prefix);
  if (prefix === undefined || next === undefined) return call;
  return onlyIf(sql`d.doc ->> ${at} BETWEEN ${bind(prefix)} AND ${bind(next)}`, call);
}
