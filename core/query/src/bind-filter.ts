import type { Document } from '@aerolithdb/protocol';
import type { Scope } from './expression/expression.ts';
import { stepsFor } from './expression/steps.ts';
import type { Filter, Surroundings } from './filter.ts';

/** No variables and no time: `$$NOW` throws. */
export const NO_SURROUNDINGS: Surroundings = { variables: new Map(), now: Number.NaN };

/** What an expression about the document is evaluated in. */
export function scopeIn({ sharesOfSteps, ...surroundings }: Surroundings, root: Document): Scope {
  const scope: Scope = { ...surroundings, root };
  return sharesOfSteps === undefined ? scope : { ...scope, steps: stepsFor(root, sharesOfSteps) };
}

/** The filter with what its expressions are to see beside the document; the same filter when it has none. */
export function bindFilter(filter: Filter, surroundings: Surroundings): Filter {
  if (filter.kind === 'field' || filter.kind === 'text') return filter;
  if (filter.kind === 'expression') return { ...filter, surroundings };
  const filters = filter.filters.map((part) => bindFilter(part, surroundings));
  return filters.every((part, i) => part === filter.filters[i]) ? filter : { ...filter, filters };
}

/** `bindFilter` for a writer, which has no time limit: the expressions share the limit of steps of a document. */
export function bindFilterOfWrite(filter: Filter, surroundings: Surroundings): Filter {
  return bindFilter(filter, { ...surroundings, sharesOfSteps: expressionsIn(filter) });
}

/** How many `$expr` the filter has. */
export function expressionsIn(filter: Filter): number {
  if (filter.kind === 'field' || filter.kind === 'text') return 0;
  return filter.kind === 'expression' ? 1 : filter.filters.reduce((count, part) => count + expressionsIn(part), 0);
}
