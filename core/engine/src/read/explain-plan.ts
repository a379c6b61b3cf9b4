import type { ConsideredPlan, ExplainLevel, Explanation, PlanEstimate, ReadRequest } from '@aerolithdb/protocol';
import type { Connection } from '@aerolithdb/storage';
import type { Rated } from '../plan/choose-index.ts';
import type { QueryPlan } from '../plan/query-plan.ts';
import { tryPlan } from '../plan/try-plan.ts';
import { described } from '../plan/why-not.ts';
import { fingerprintOfRequest } from './query-shape.ts';

/** The level that a request asks for; undefined: it wants no explanation. */
export function explainLevel(explain: boolean | ExplainLevel | undefined): ExplainLevel | undefined {
  if (explain === undefined || explain === false) return undefined;
  return explain === true ? 'executionStats' : explain;
}

/** What a query met: entries or documents that were looked at, and documents that passed. */
export type Met = { readonly entries: number; readonly rows: number };

/** What was expected of the plan, the plans that were weighed beside it, and how far off the estimate was; `met` absent: it was not run. */
export function explainChoice(
  { connection, wanted }: { readonly connection: Connection; readonly wanted?: number | undefined },
  request: ReadRequest,
  plan: QueryPlan,
  level: ExplainLevel,
  met?: Met,
): Pick<Explanation, 'fingerprint' | 'estimated' | 'actual' | 'qError' | 'considered'> {
  const ways = plan.considered();
  const taken = ways.find(({ candidate }) => candidate === plan.access);
  const tried = level === 'allPlansExecution';
  return {
    fingerprint: fingerprintOfRequest(request),
    ...(taken === undefined ? {} : { estimated: estimateOf(taken) }),
    ...(met === undefined ? {} : { actual: met }),
    ...(met === undefined || taken === undefined ? {} : { qError: qError(taken.expected.rows, met.rows) }),
    considered: ways.map((way) =>
      considered(way, tried ? tryPlan(connection, { ...plan, access: way.candidate }, wanted) : undefined),
    ),
  };
}

function considered(way: Rated, trial: ConsideredPlan['trial'] | undefined): ConsideredPlan {
  const { candidate } = way;
  const name = candidate.kind === 'scan' ? 'scan' : described(candidate);
  return { plan: name, ...estimateOf(way), ...(trial === undefined ? {} : { trial }) };
}

function estimateOf({ expected, cost }: Rated): PlanEstimate {
  return { entries: rounded(expected.entries), rows: rounded(expected.rows), cost: rounded(cost) };
}

function rounded(number: number): number {
  return Math.round(number * 10) / 10;
}

/** The larger of both divided by the smaller, both at least 1. */
function qError(estimated: number, actual: number): number {
  const [low, high] = [estimated, actual].map((number) => Math.max(1, number)).sort((a, b) => a - b) as [number, number];
  return Math.round((high / low) * 1000) / 1000;
}
