import { parseDocument } from '@aerolithdb/protocol';
import { type Filter, matches } from '@aerolithdb/query';
import { compileField } from './compile-field.ts';
import { allOf, anyOf, bind, type Fragment, not, sql } from './sql-fragment.ts';

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
  return where.parameters.length > PARAMETERS_MAX ? wholeFilter(filter) : { where, residual: [...residual.values()] };
}

/** SQLite takes long to prepare a statement with very many conditions, and refuses more than 32,766 parameters. */
const PARAMETERS_MAX = 400;

function wholeFilter(filter: Filter): Compiled {
  const predicate = bind((text) => text !== null && matches(filter, parseDocument(text)));
  const why = `It has so many conditions (over ${PARAMETERS_MAX}) that a statement for it would take longer than its answer.`;
  return { where: sql`aerolith_test(${predicate}, json(d.doc))`, residual: [{ part: 'the whole filter', why }] };
}

export type Report = (part: string, why: string) => void;

function compilePart(filter: Filter, report: Report): Fragment {
  if (filter.kind === 'field') return compileField(filter.path, filter.test, report);
  const parts = filter.filters.map((part) => compilePart(part, report));
  if (filter.kind === 'and') return allOf(parts);
  return filter.kind === 'or' ? anyOf(parts) : not(anyOf(parts));
}
