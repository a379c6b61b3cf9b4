import type { Bound } from '@aerolithdb/storage';

/** Decides a part of a filter in JavaScript. Gets a text out of a document (`null`: there is nothing at the path). */
export type Predicate = (text: string | null) => boolean;

/** What stands behind a `?`: a value, or a predicate whose number is bound at execution (see `predicates.ts`). */
export type Parameter = Bound | Predicate;

/** SQL with its parameters in the order of their `?`. Values never become SQL text; only paths and table names do, quoted. */
export type Fragment = { readonly sql: string; readonly parameters: readonly Parameter[] };

/** Joins literal SQL and fragments. */
export function sql(literals: TemplateStringsArray, ...fragments: readonly Fragment[]): Fragment {
  let text = literals[0] ?? '';
  const parameters: Parameter[] = [];
  fragments.forEach((fragment, i) => {
    text += fragment.sql + (literals[i + 1] ?? '');
    parameters.push(...fragment.parameters);
  });
  return { sql: text, parameters };
}

export function bind(value: Parameter): Fragment {
  return { sql: '?', parameters: [value] };
}

/** SQL text as it is. The caller answers for its quoting. */
export function raw(text: string): Fragment {
  return { sql: text, parameters: [] };
}

export const TRUE: Fragment = raw('1');
export const FALSE: Fragment = raw('0');

export function hasPredicate(fragment: Fragment): boolean {
  return fragment.parameters.some((parameter) => typeof parameter === 'function');
}

/** True when all are; what SQL decides by itself comes before what calls back. */
export function allOf(fragments: readonly Fragment[]): Fragment {
  const plain = fragments.filter((fragment) => fragment !== TRUE && !hasPredicate(fragment));
  const calling = fragments.filter(hasPredicate);
  return balanced([...plain, ...calling], 'AND', TRUE);
}

export function anyOf(fragments: readonly Fragment[]): Fragment {
  return balanced(fragments, 'OR', FALSE);
}

/** Two-valued negation: SQL's NULL counts as false before it. */
export function not(fragment: Fragment): Fragment {
  return sql`(${fragment}) IS NOT TRUE`;
}

/**
 * `condition AND then`, where `then` is not evaluated unless the condition holds. SQLite promises that for CASE, and not for AND:
 * wherever a guard keeps a function from a text that it cannot read, this form is needed.
 */
export function onlyIf(condition: Fragment, then: Fragment): Fragment {
  return sql`CASE WHEN ${condition} THEN ${then} ELSE 0 END`;
}

/** A balanced tree, because SQLite refuses expressions deeper than 1,000 and a chain is as deep as it is long. */
function balanced(fragments: readonly Fragment[], operator: 'AND' | 'OR', empty: Fragment): Fragment {
  const [first, second] = fragments;
  if (first === undefined) return empty;
  if (second === undefined) return first;
  const middle = fragments.length >> 1;
  const left = balanced(fragments.slice(0, middle), operator, empty);
  const right = balanced(fragments.slice(middle), operator, empty);
  return sql`(${left} ${raw(operator)} ${right})`;
}
