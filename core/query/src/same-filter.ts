import { toCanonical, type Value } from '@aerolithdb/protocol';
import type { Filter, Test } from './filter.ts';

/** Whether two filters are written alike. False says nothing: they may still select the same. Expressions are not compared. */
export function sameFilter(a: Filter, b: Filter): boolean {
  if (a === b) return true;
  if (a.kind === 'expression' || b.kind === 'expression') return false;
  const form = formOf(a);
  return form !== undefined && form === formOf(b);
}

/** As `sameFilter`, of tests. */
export function sameTest(a: Test, b: Test): boolean {
  return sameFilter({ kind: 'field', path: [], test: a }, { kind: 'field', path: [], test: b });
}

/** Equal for what is written alike; undefined where there is an expression. */
function formOf(filter: Filter): string | undefined {
  if (hasExpression(filter)) return undefined;
  return JSON.stringify(filter, (name, part: unknown) => {
    if (name === 'value') return toCanonical(part as Value);
    if (name === 'values') return (part as Value[]).map(toCanonical);
    // What is derived of the other members, and what JSON has not.
    if (name === 'set' || typeof part === 'function') return undefined;
    return typeof part === 'bigint' ? String(part) : part;
  });
}

function hasExpression(filter: Filter): boolean {
  if (filter.kind === 'field') return false;
  return 'filters' in filter ? filter.filters.some(hasExpression) : filter.kind === 'expression';
}
