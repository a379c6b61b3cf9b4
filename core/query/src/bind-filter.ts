import type { Filter, Surroundings } from './filter.ts';

/** No variables and no time: `$$NOW` throws. */
export const NO_SURROUNDINGS: Surroundings = { variables: new Map(), now: Number.NaN };

/** The filter with what its expressions are to see beside the document; the same filter when it has none. */
export function bindFilter(filter: Filter, surroundings: Surroundings): Filter {
  if (filter.kind === 'field') return filter;
  if (filter.kind === 'expression') return { ...filter, surroundings };
  const filters = filter.filters.map((part) => bindFilter(part, surroundings));
  return filters.every((part, i) => part === filter.filters[i]) ? filter : { ...filter, filters };
}
