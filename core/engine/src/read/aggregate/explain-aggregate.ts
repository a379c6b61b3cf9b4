import type { AggregateRequest, Explanation, StagePlace } from '@aerolithdb/protocol';
import { neededFields, type Run, type Stage, splitFront, stageName } from '@aerolithdb/query';
import { explainCount, explainPlan, PAST, statementOf } from '../explain.ts';
import { collectionNamed, type ReadContext } from '../read-context.ts';
import { groupStatement } from './group-by-sql.ts';
import { planFront } from './present-documents.ts';

/** How a pipeline was carried out: the plan of its front, and where each stage ran. */
export function explainAggregate(
  context: ReadContext,
  request: AggregateRequest,
  stages: readonly Stage[],
  run: Run,
  ran: { readonly rowsReturned: number; readonly gatheredBySql: boolean },
): Explanation {
  const { rowsReturned, gatheredBySql } = ran;
  const { front, rest } = splitFront(stages, run);
  if (request.at !== undefined) return { ...PAST, rowsReturned, stages: stages.map((stage) => place(stage, 'memory')) };
  const collection = collectionNamed(context.catalogue, request.collection);
  const plan = planFront(context, collection, { front, needed: neededFields(rest), hint: request.hint });
  const places = [
    ...front.taken.map((stage) => place(stage, 'find')),
    ...rest.map((stage, i) => place(stage, i === 0 && gatheredBySql ? 'sql' : 'memory')),
  ];
  const [gathered] = gatheredBySql ? rest : [];
  const found =
    gathered?.kind === 'count' ? explainCount(plan) : explainPlan(plan, gathered === undefined ? front.sort : undefined);
  const grouped = gathered?.kind === 'group' ? statementOf(groupStatement(plan, gathered)) : {};
  return { ...found, ...grouped, rowsReturned, stages: places };
}

function place(stage: Stage, ran: StagePlace['ran']): StagePlace {
  return { stage: stageName(stage), ran };
}
