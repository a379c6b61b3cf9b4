import type { Explanation } from '@aerolithdb/protocol';
import type { Path, Sort } from '@aerolithdb/query';
import { countStatement, distinctStatement } from '../plan/access-sql.ts';
import { ID_SOURCE } from '../plan/candidate.ts';
import { namesOf } from '../plan/names-of.ts';
import type { QueryPlan } from '../plan/query-plan.ts';
import { type Fragment, type Parameter, raw } from '../plan/sql-fragment.ts';
import { walkStatements } from '../plan/walk.ts';
import { fieldColumns } from './field-columns.ts';

/** A read of a past state. */
export const PAST: Explanation = {
  access: 'history',
  residual: [{ part: 'the whole filter', why: 'A past state is read out of the history, where there are no indexes.' }],
};

/** What a find or distinct does. */
export function explainPlan(plan: QueryPlan, sort?: Sort): Explanation {
  const [first] = walkStatements(plan, raw('d.rid, json(d.doc)'));
  return { ...explainAccess(plan), ...statementOf(first), ...(sort === undefined ? {} : { sortedByIndex: plan.access.sorted }) };
}

/** What a count does. */
export function explainCount(plan: QueryPlan): Explanation {
  const { access } = plan;
  return {
    ...explainAccess(plan),
    ...(access.kind === 'union'
      ? statementOf(walkStatements(plan, raw('d.rid')).next().value ?? undefined)
      : statementOf(countStatement(plan, access.kind === 'keys' ? access.intervals[0] : undefined))),
  };
}

/** What a distinct does. */
export function explainDistinct(plan: QueryPlan, path: Path): Explanation {
  if (plan.access.kind === 'union') return explainPlan(plan);
  const interval = plan.access.kind === 'keys' ? plan.access.intervals[0] : undefined;
  return { ...explainAccess(plan), ...statementOf(distinctStatement(plan, fieldColumns([path]).columns, interval)) };
}

function explainAccess(plan: QueryPlan): Explanation {
  const { access, residual } = plan;
  const rejected = plan.rejected();
  if (access.kind === 'scan') return { access: 'scan', residual, rejected };
  const checked = access.exact ? [] : residual;
  const index = namesOf(access).join(access.kind === 'keys' ? ' & ' : ' + ');
  if (index === ID_SOURCE.name) return { access: 'id', residual: checked, rejected };
  return { access: 'index', index, residual: checked, rejected };
}

/** The text of a statement, when there is one. */
export function statementOf(statement: Fragment | undefined): { sql?: string } {
  return statement === undefined ? {} : { sql: named(statement) };
}

/** `a > :1 AND b = :2 -- :1 = 5, :2 = 'x'` */
function named({ sql, parameters }: Fragment): string {
  let number = 0;
  const text = sql.replace(/'(?:[^']|'')*'|\?|\s+/g, (part) => {
    if (part === '?') return `:${++number}`;
    return part.startsWith("'") ? part : ' ';
  });
  const values = parameters.map((parameter, i) => `:${i + 1} = ${shown(parameter)}`);
  return values.length === 0 ? text : `${text} -- ${values.join(', ')}`;
}

function shown(parameter: Parameter): string {
  if (typeof parameter === 'function') return 'the reference evaluation';
  if (parameter instanceof Uint8Array) return `x'${Buffer.from(parameter).toString('hex')}'`;
  return typeof parameter === 'string' ? `'${cut(parameter).replaceAll("'", "''")}'` : String(parameter);
}

/** Rows that an index has found may be many. */
function cut(text: string): string {
  return text.length <= SHOWN_TEXT ? text : `${text.slice(0, SHOWN_TEXT)}…`;
}

const SHOWN_TEXT = 200;
