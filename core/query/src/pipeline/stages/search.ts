import type { Document, Value } from '@aerolithdb/protocol';
import type { Filter } from '../../filter.ts';
import { parseSearch } from '../../text/parse-search.ts';
import type { Run } from '../run.ts';
import type { MatchStage } from './match.ts';
import type { SortStage } from './sort.ts';

/** `$searchMeta`: how many documents a search finds. */
export type SearchMetaStage = { readonly kind: 'searchMeta'; readonly filter: Filter };

/** `$search`: what the text index of the collection finds, the best first. */
export function parseSearchStage(value: Value): readonly [MatchStage, SortStage] {
  return [
    { kind: 'match', name: '$search', filter: parseSearch('$search', value), equalities: [] },
    { kind: 'sort', sort: [{ path: ['searchScore'], direction: -1, meta: 'searchScore' }] },
  ];
}

export function parseSearchMeta(value: Value): SearchMetaStage {
  return { kind: 'searchMeta', filter: parseSearch('$searchMeta', value) };
}

export function* runSearchMeta({ filter }: SearchMetaStage, run: Run): Generator<Document> {
  const [counted] = run.sources.aggregate(
    [
      { kind: 'match', filter, equalities: [] },
      { kind: 'count', field: 'total' },
    ],
    run,
  );
  yield new Map([['count', counted ?? NO_DOCUMENTS]]);
}

const NO_DOCUMENTS: Document = new Map([['total', 0]]);
