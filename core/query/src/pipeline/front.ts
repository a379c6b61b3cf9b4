import { EVERYTHING, type Filter } from '../filter.ts';
import type { Sort } from '../sort.ts';
import type { Stage } from './stage.ts';

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

/** The front of a pipeline, and the stages that are left. Of a `$match` with `$expr` the front takes the filter and leaves the rest. */
export function splitFront(stages: readonly Stage[]): { readonly front: Front; readonly rest: readonly Stage[] } {
  let front: Front = { filter: EVERYTHING, sort: undefined, skip: 0, limit: undefined, taken: [] };
  for (const [i, stage] of stages.entries()) {
    const next = withStage(front, stage);
    if (next === undefined) return { front, rest: stages.slice(i) };
    front = next;
    if (stage.kind === 'match' && stage.expressions.length > 0)
      return { front, rest: [{ ...stage, filter: EVERYTHING }, ...stages.slice(i + 1)] };
  }
  return { front, rest: [] };
}

function withStage(front: Front, stage: Stage): Front | undefined {
  const taken = [...front.taken, stage];
  const cut = front.skip > 0 || front.limit !== undefined;
  if (stage.kind === 'match') return cut ? undefined : { ...front, filter: both(front.filter, stage.filter), taken };
  if (stage.kind === 'sort') return cut || front.sort !== undefined ? undefined : { ...front, sort: stage.sort, taken };
  if (stage.kind === 'skip') return front.limit === undefined ? { ...front, skip: front.skip + stage.count, taken } : undefined;
  if (stage.kind === 'limit') return { ...front, limit: Math.min(stage.count, front.limit ?? Number.POSITIVE_INFINITY), taken };
  return undefined;
}

function both(a: Filter, b: Filter): Filter {
  if (isEverything(a)) return b;
  return isEverything(b) ? a : { kind: 'and', filters: [...conjuncts(a), ...conjuncts(b)] };
}

function conjuncts(filter: Filter): readonly Filter[] {
  return filter.kind === 'and' ? filter.filters : [filter];
}

function isEverything(filter: Filter): boolean {
  return filter.kind === 'and' && filter.filters.length === 0;
}
