import type { AggregateRequest, Explanation, StagePlace, VectorSearchPlace } from '@aerolithdb/protocol';
import { neededFields, type Run, type Stage, splitFront, stageName } from '@aerolithdb/query';
import { explainCount, explainPlan, PAST, statementOf } from '../explain.ts';
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
  ran: {
    readonly rowsReturned: number;
    readonly gatheredBySql: boolean;
    readonly vectorSearch: VectorSearchPlace | undefined;
    readonly spilledBytes: number;
  },
): Explanation {
  const { rowsReturned, gatheredBySql } = ran;
  const spilled = ran.spilledBytes === 0 ? {} : { spilledBytes: ran.spilledBytes };
  if (request.at !== undefined)
    return { ...PAST, ...spilled, rowsReturned, stages: given.map((stage) => place(stage, 'memory')) };
  if (given[0]?.kind === 'vectorSearch') return explainSearch(given, rowsReturned, ran.vectorSearch);
  const collection = collectionNamed(context.catalogue, request.collection);
  const { front, rest } = splitFront(
    withPlaceField(given, () => collection),
    run,
  );
  const plan = planFront(context, collection, { front, needed: neededFields(rest), hint: request.hint });
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
  return { ...found, ...grouped, ...spilled, rowsReturned, stages: places };
}

/** The index is named by the stage or by its path alone. */
function explainSearch(stages: readonly Stage[], rowsReturned: number, vectorSearch: VectorSearchPlace | undefined): Explanation {
  const places = stages.map((stage, i) => place(stage, i === 0 ? 'find' : 'memory'));
  return { access: 'index', rowsReturned, stages: places, ...(vectorSearch === undefined ? {} : { vectorSearch }) };
}

function place(stage: Stage, ran: StagePlace['ran']): StagePlace {
  return { stage: stageName(stage), ran };
}
