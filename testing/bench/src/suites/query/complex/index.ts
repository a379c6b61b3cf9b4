import type { ComplexQuery } from './complex-query.ts';
import { correlatedLookup, graph, lookupGroup, unionGroup } from './joins.ts';
import { textGeoSort } from './places.ts';
import { allTags, alternatives, countriesSorted, intersection } from './selections.ts';
import { bucket, facet, window } from './shapes.ts';

/** The twelve. */
export const COMPLEX_QUERIES: readonly ComplexQuery[] = [
  lookupGroup,
  correlatedLookup,
  graph,
  unionGroup,
  facet,
  window,
  bucket,
  intersection,
  alternatives,
  allTags,
  countriesSorted,
  textGeoSort,
];
