import type { Filter } from '@aerolithdb/query';
import { compileField } from './compile-field.ts';
import { allOf, anyOf, type Fragment, not } from './sql-fragment.ts';

/** A part of a filter that the reference evaluation decides, and why. */
export type Residual = { readonly part: string; readonly why: string };

export type Compiled = { readonly where: Fragment; readonly residual: readonly Residual[] };

/**
 * A filter as SQL over `d.doc`, with exactly the meaning of `matches`. NULL counts as false. What SQL cannot say calls
 * `aerolith_test` on that part alone; `residual` names those parts.
 */
export function compileFilter(filter: Filter): Compiled {
  const residual = new Map<string, Residual>();
  const where = compilePart(filter, (part, why) => residual.set(`${part}\n${why}`, { part, why }));
  return { where, residual: [...residual.values()] };
}

export type Report = (part: string, why: string) => void;

function compilePart(filter: Filter, report: Report): Fragment {
  if (filter.kind === 'field') return compileField(filter.path, filter.test, report);
  const parts = filter.filters.map((part) => compilePart(part, report));
  if (filter.kind === 'and') return allOf(parts);
  return filter.kind === 'or' ? anyOf(parts) : not(anyOf(parts));
}
