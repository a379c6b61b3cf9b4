import type { Filter, Path, Test } from '@aerolithdb/query';

/** One test that every selected document passes, or a part that is no such test. */
export type Conjunct = { readonly path: Path; readonly test: Test } | 'other';

/** The parts of a filter that must all hold, nested `and`s taken apart. */
export function conjunctsOf(filter: Filter): Conjunct[] {
  if (filter.kind === 'field') return [{ path: filter.path, test: filter.test }];
  if (filter.kind === 'and') return filter.filters.flatMap(conjunctsOf);
  return ['other'];
}
