import type { Filter, Path, Test } from '@aerolithdb/query';

/** One test that every selected document passes. */
export type FieldConjunct = { readonly path: Path; readonly test: Test };

/** A part of a filter that every selected document passes. `filter`: one that is no test of a path. */
export type Conjunct = FieldConjunct | { readonly filter: Filter };

/** The parts of a filter that must all hold, nested `and`s taken apart. */
export function conjunctsOf(filter: Filter): Conjunct[] {
  if (filter.kind === 'field') return [{ path: filter.path, test: filter.test }];
  if (filter.kind === 'and') return filter.filters.flatMap(conjunctsOf);
  return [{ filter }];
}

export function isFieldConjunct(conjunct: Conjunct): conjunct is FieldConjunct {
  return 'path' in conjunct;
}

export function filterOfConjunct(conjunct: Conjunct): Filter {
  return isFieldConjunct(conjunct) ? { kind: 'field', ...conjunct } : conjunct.filter;
}
