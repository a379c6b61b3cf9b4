import type { Path, Test } from '@aerolithdb/query';
import type { Report } from './compile-filter.ts';
import { compileLeaf, type Leaf } from './compile-leaf.ts';
import { describeTest } from './describe-test.ts';
import { isPlainPath, jsonPath } from './json-path.ts';
import { pathPredicate } from './reference-test.ts';
import { allOf, anyOf, bind, FALSE, type Fragment, not, onlyIf, raw, sql } from './sql-fragment.ts';

/** One test of one path of `d.doc`. */
export function compileField(path: Path, test: Test, report: Report): Fragment {
  if (test.op === 'not') return not(allOf(test.tests.map((part) => compileField(path, part, report))));
  if (test.op === 'all')
    return test.tests.length === 0 ? FALSE : allOf(test.tests.map((part) => compileField(path, part, report)));
  if (test.op === 'exists' && !test.exists) return not(compileField(path, { op: 'exists', exists: true }, report));
  if (!isPlainPath(path)) return reference(path, test, report, 'A name with a dollar sign may stand inside a typed value.');
  const leaf = compileLeaf(jsonPath(path), test);
  if (leaf === undefined) return reference(path, test, report, 'SQL cannot say this comparison.');
  if (leaf.why !== undefined) report(describeTest(path, test), leaf.why);
  return path.length === 1 ? leaf.where : throughArrays(path, test, leaf, report);
}

/** SQL paths reach through objects only. Where an array stands on the way, the reference evaluation decides. */
function throughArrays(path: Path, test: Test, leaf: Leaf, report: Report): Fragment {
  const onTheWay = anyOf(path.slice(1).map((_, i) => sql`json_type(d.doc, ${jsonPath(path.slice(0, i + 1))}) = 'array'`));
  const decided = call(path, test);
  report(describeTest(path, test), 'Where an array stands on the way of the path, its elements are tested one by one.');
  if (leaf.matchesMissing) return sql`CASE WHEN ${onTheWay} THEN ${decided} ELSE ${leaf.where} END`;
  const fallback = onlyIf(onTheWay, decided);
  return leaf.orElse?.(fallback) ?? sql`(${leaf.where} OR ${fallback})`;
}

function reference(path: Path, test: Test, report: Report, why: string): Fragment {
  report(describeTest(path, test), why);
  return call(path, test);
}

function call(path: Path, test: Test): Fragment {
  const first = isPlainPath(path.slice(0, 1)) ? sql`d.doc -> ${jsonPath(path.slice(0, 1))}` : raw('NULL');
  return sql`aerolith_test(${bind(pathPredicate(path, test))}, ${first})`;
}
