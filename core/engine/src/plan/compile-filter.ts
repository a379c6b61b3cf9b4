import { parseDocument } from '@aerolithdb/protocol';
import { type Filter, matches } from '@aerolithdb/query';
import { compileField } from './compile-field.ts';
import { allOf, anyOf, bind, type Fragment, hasPredicate, not, onlyIf, sql } from './sql-fragment.ts';

/** A part of a filter that the reference evaluation decides, and why. */
export type Residual = { readonly part: string; readonly why: string };

export type Compiled = { readonly where: Fragment; readonly residual: readonly Residual[] };

/**
 * A filter as SQL over `d.doc`, with exactly the meaning of `matches`. NULL counts as false. What SQL cannot say calls
 * `aerolith_test` on that part alone; `residual` names those parts. `text`: the condition of its `$text`.
 */
export function compileFilter(filter: Filter, text?: Fragment): Compiled {
  const residual = new Map<string, Residual>();
  const report = (part: string, why: string) => residual.set(`${part}\n${why}`, { part, why });
  const where = compilePart(filter, { report, text });
  if (text !== undefined && hasPredicate(text)) report('$text', 'Terms tell neither case nor diacritics apart.');
  const isTooLong = where.parameters.length > PARAMETERS_MAX && text === undefined;
  return isTooLong ? wholeFilter(filter) : { where, residual: [...residual.values()] };
}

type Compiling = { readonly report: Report; readonly text: Fragment | undefined };

/** SQLite takes long to prepare a statement with very many conditions, and refuses more than 32,766 parameters. */
const PARAMETERS_MAX = 400;

/** SQLite chooses the order of an AND, but an expression may throw for what the other parts leave out. */
function compileAnd(filters: readonly Filter[], compiling: Compiling): Fragment {
  const compile = (parts: readonly Filter[]): Fragment => allOf(parts.map((part) => compilePart(part, compiling)));
  const expressions = filters.filter((part) => part.kind === 'expression');
  if (expressions.length === 0 || expressions.length === filters.length) return compile(filters);
  return onlyIf(compile(filters.filter((part) => part.kind !== 'expression')), compile(expressions));
}

function compileExpression(filter: Filter, report: Report): Fragment {
  report('$expr', 'An expression is evaluated on the document that it is about.');
  return testOfDocument(filter);
}

function testOfDocument(filter: Filter): Fragment {
  return sql`aerolith_test(${bind((text) => text !== null && matches(filter, parseDocument(text)))}, json(d.doc))`;
}

function wholeFilter(filter: Filter): Compiled {
  const why = `It has so many conditions (over ${PARAMETERS_MAX}) that a statement for it would take longer than its answer.`;
  return { where: testOfDocument(filter), residual: [{ part: 'the whole filter', why }] };
}

export type Report = (part: string, why: string) => void;

function compilePart(filter: Filter, compiling: Compiling): Fragment {
  const { report, text } = compiling;
  if (filter.kind === 'field') return compileField(filter.path, filter.test, report);
  if (filter.kind === 'expression') return compileExpression(filter, report);
  if (filter.kind === 'text') return text ?? testOfDocument(filter);
  if (filter.kind === 'and') return compileAnd(filter.filters, compiling);
  const parts = filter.filters.map((part) => compilePart(part, compiling));
  return filter.kind === 'or' ? anyOf(parts) : not(anyOf(parts));
}
