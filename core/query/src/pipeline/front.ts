import { EVERYTHING, type Filter } from '../filter.ts';
import type { Sort } from '../sort.ts';
import type { Run } from './run.ts';
import type { Stage } from './stage.ts';
import { geoNearFilter } from './stages/geo-near.ts';
import { impliedFilters, type MatchStage } from './stages/match.ts';

/** What the first stages of a pipeline ask of a collection, as a find says it: the filter, then sort, skip and limit. */
export type Front = {
  readonly filter: Filter;
  readonly sort: Sort | undefined;
  readonly skip: number;
  /** Undefined: no limit. */
  readonly limit: number | undefined;
  /** Stages at the beginning of the pipeline that it stands for. */
  readonly taken: readonly Stage[];
};

/**
 * The front of a pipeline, and the stages that are left. After a `$geoNear` one adds what it says of distances. Of a `$match` the front takes what needs no expression and what its
 * expressions imply, and leaves these.
 */
export function splitFront(stages: readonly Stage[], run: Run): { readonly front: Front; readonly rest: readonly Stage[] } {
  let front: Front = { filter: EVERYTHING, sort: undefined, skip: 0, limit: undefined, taken: [] };
  const [first] = stages;
  const added: readonly Stage[] = first?.kind === 'geoNear' ? [{ kind: 'geoDistance', search: first.search }] : [];
  for (const [i, stage] of stages.entries()) {
    const next = withStage(front, stage, run);
    if (next === undefined) return { front, rest: [...added, ...stages.slice(i)] };
    front = next;
    const left = stage.kind === 'match' ? conjuncts(stage.filter).filter(hasExpression) : [];
    if (left.length > 0 && stage.kind === 'match')
      return { front, rest: [{ ...stage, filter: { kind: 'and', filters: left } }, ...stages.slice(i + 1)] };
  }
  return { front, rest: added };
}

function withStage(front: Front, stage: Stage, run: Run): Front | undefined {
  const taken = [...front.taken, stage];
  if (stage.kind === 'geoNear') return { ...front, filter: geoNearFilter(stage.search, run), taken };
  const cut = front.skip > 0 || front.limit !== undefined || front.taken[0]?.kind === 'geoNear';
  if (stage.kind === 'match')
    return cut ? undefined : { ...front, filter: allOf(front.filter, ...frontFilters(stage, run)), taken };
  if (stage.kind === 'sort') return cut || front.sort !== undefined ? undefined : { ...front, sort: stage.sort, taken };
  if (stage.kind === 'skip') return front.limit === undefined ? { ...front, skip: front.skip + stage.count, taken } : undefined;
  if (stage.kind === 'limit') return { ...front, limit: Math.min(stage.count, front.limit ?? Number.POSITIVE_INFINITY), taken };
  return undefined;
}

function frontFilters(stage: MatchStage, run: Run): readonly Filter[] {
  return [...conjuncts(stage.filter).filter((part) => !hasExpression(part)), ...impliedFilters(stage, run)];
}

function allOf(...filters: readonly Filter[]): Filter {
  const parts = filters.flatMap(conjuncts);
  return parts.length === 1 ? parts[0]! : { kind: 'and', filters: parts };
}

function conjuncts(filter: Filter): readonly Filter[] {
  return filter.kind === 'and' ? filter.filters : [filter];
}

function hasExpression(filter: Filter): boolean {
  if (filter.kind === 'field' || filter.kind === 'text') return false;
  return filter.kind === 'expression' || filter.filters.some(hasExpression);
}
