import type { Document } from '@aerolithdb/protocol';
import type { Scope } from './expression/expression.ts';
import { shareOfSteps, stepsFor } from './expression/steps.ts';
import type { Filter, Surroundings } from './filter.ts';

/** No variables and no time: `$$NOW` throws. */
export const NO_SURROUNDINGS: Surroundings = { variables: new Map(), now: Number.NaN };

/** What an expression about the document is evaluated in. */
export function scopeIn({ shareOfSteps: share, ...surroundings }: Surroundings, root: Document): Scope {
  const scope: Scope = { ...surroundings, root };
  return share === undefined ? scope : { ...scope, steps: stepsFor(root, share) };
}

/** The filter with what its expressions are to see beside the document; the same filter when it has none. */
export function bindFilter(filter: Filter, surroundings: Surroundings): Filter {
  if (filter.kind === 'field' || filter.kind === 'text') return filter;
  if (filter.kind === 'expression') return { ...filter, surroundings };
  const filters = filter.filters.map((part) => bindFilter(part, surroundings));
  return filters.every((part, i) => part === filter.filters[i]) ? filter : { ...filter, filters };
}

/**
 * `bindFilter` for a writer, which has no time limit: the expressions share the limit of steps of a document. `documents`: how many the write may
 * visit, which is how many its collection has.
 */
export function bindFilterOfWrite(filter: Filter, surroundings: Surroundings, documents = 1): Filter {
  return bindFilter(filter, { ...surroundings, shareOfSteps: shareOfSteps(expressionsIn(filter), documents) });
}

/** How many `$expr` the filter has. */
export function expressionsIn(filter: Filter): number {
  if (filter.kind === 'field' || filter.kind === 'text') return 0;
  return filter.kind === 'expression' ? 1 : filter.filters.reduce((count, part) => count + expressionsIn(part), 0);
}
