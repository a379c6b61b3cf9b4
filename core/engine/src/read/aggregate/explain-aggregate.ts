import type { AggregateRequest, ExplainLevel, Explanation, StagePlace, VectorSearchPlace } from '@aerolithdb/protocol';
import { neededFields, type Run, type Stage, splitFront, stageName } from '@aerolithdb/query';
import { countVisits } from '../../plan/count-visits.ts';
import type { QueryPlan } from '../../plan/query-plan.ts';
import { countPlan } from '../count.ts';
import { explainCount, explainPlan, PAST, statementOf } from '../explain.ts';
import { explainChoice, type Met } from '../explain-plan.ts';
import { collectionNamed, type ReadContext } from '../read-context.ts';
import { groupStatement } from './group-by-sql.ts';
import { withPlaceField } from './place-field.ts';
import { planFront } from './present-documents.ts';

/** How a pipeline was carried out: the plan of its front, and where each stage ran. */
export function explainAggregate(
  context: ReadContext,
  request: AggregateRequest,
  given: readonly Stage[],
  run: Run,
  { level, ran }: { readonly level: ExplainLevel; readonly ran?: Ran },
): Explanation {
  const returned = ran === undefined ? {} : metByRun(ran);
  if (request.at !== undefined) return { ...PAST, ...returned, stages: given.map((stage) => place(stage, 'memory')) };
  if (given[0]?.kind === 'vectorSearch') return { ...explainSearch(given, ran?.vectorSearch), ...returned };
  const collection = collectionNamed(context.catalogue, request.collection);
  const { front, rest } = splitFront(
    withPlaceField(given, () => collection),
    run,
  );
  const plan = planFront(context, collection, { front, needed: neededFields(rest), hint: request.hint });
  const gatheredBySql = ran?.gatheredBySql ?? isGathered(plan, rest[0]);
  const places = [
    ...front.taken.map((stage) => place(stage, 'find')),
    ...rest
      .filter(({ kind }) => kind !== 'geoDistance')
      .map((stage, i) => place(stage, i === 0 && gatheredBySql ? 'sql' : 'memory')),
  ];
  const [gathered] = gatheredBySql ? rest : [];
  const found =
    gathered?.kind === 'count' ? explainCount(plan) : explainPlan(plan, gathered === undefined ? front.sort : undefined);
  const grouped = gathered?.kind === 'group' ? statementOf(groupStatement(plan, gathered)) : {};
  const met = ran === undefined ? undefined : metByFront(context, plan, front.limit);
  return { ...found, ...grouped, ...explainChoice(context, request, plan, level, met), ...returned, stages: places };
}

type Ran = {
  readonly rowsReturned: number;
  readonly gatheredBySql: boolean;
  readonly vectorSearch: VectorSearchPlace | undefined;
  readonly spilledBytes: number;
};

function metByRun({ rowsReturned, spilledBytes }: Ran): Pick<Explanation, 'rowsReturned' | 'spilledBytes'> {
  return spilledBytes === 0 ? { rowsReturned } : { rowsReturned, spilledBytes };
}

/** The documents that the front selects are counted once more; what a limit cuts off is not. */
function metByFront(context: ReadContext, plan: QueryPlan, limit: number | undefined): Met | undefined {
  if (limit !== undefined) return undefined;
  const counted = countVisits(plan);
  countPlan(context, counted.plan);
  return { entries: counted.visits(), rows: counted.passes() };
}

function isGathered(plan: QueryPlan, stage: Stage | undefined): boolean {
  return stage?.kind === 'count' || (stage?.kind === 'group' && groupStatement(plan, stage) !== undefined);
}

/** The index is named by the stage or by its path alone. */
function explainSearch(stages: readonly Stage[], vectorSearch: VectorSearchPlace | undefined): Explanation {
  const places = stages.map((stage, i) => place(stage, i === 0 ? 'find' : 'memory'));
  return { access: 'index', stages: places, ...(vectorSearch === undefined ? {} : { vectorSearch }) };
}

function place(stage: Stage, ran: StagePlace['ran']): StagePlace {
  return { stage: stageName(stage), ran };
}
