import { implies } from '@aerolithdb/query';
import type { IndexRecord } from '../catalogue.ts';
import type { KeySource } from './candidate.ts';
import { type Conjunct, filterOfConjunct } from './conjuncts.ts';

/** Whether every document that passes all conjuncts is in the source. */
export function holdsAll({ condition }: KeySource, conjuncts: readonly Conjunct[]): boolean {
  return condition === undefined || implies({ kind: 'and', filters: conjuncts.map(filterOfConjunct) }, condition);
}

/** The conjuncts that every document of the source passes. */
export function settledByCondition({ condition }: KeySource, conjuncts: readonly Conjunct[]): readonly Conjunct[] {
  if (condition === undefined) return [];
  return conjuncts.filter((conjunct) => implies(condition, filterOfConjunct(conjunct)));
}

/** Why no query may use an index, as the end of a sentence; undefined when it may be used. */
export function whyUnusable({ hidden, build }: IndexRecord): string | undefined {
  if (build?.state === 'building') return 'it is being built';
  if (build?.state === 'failed') return `its build failed: ${build.error.message.replace(/\.$/, '')}`;
  return hidden === true ? 'it is hidden' : undefined;
}

/** Why an index that holds only some documents cannot serve a filter. */
export function whyNotAll({ sparse, partialFilterExpression }: IndexRecord): string {
  if (partialFilterExpression === undefined) return 'it is sparse, and the filter does not ask that one of its fields is there';
  const parts = sparse === true ? ' that have one of its fields' : '';
  return `it holds only documents with ${partialFilterExpression}${parts}, and the filter does not ask for that`;
}
