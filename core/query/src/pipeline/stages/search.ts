import type { Value } from '@aerolithdb/protocol';
import type { Sort } from '../../sort.ts';
import { parseSearch, type Search } from '../../text/parse-search.ts';
import { invalidPipeline } from '../pipeline-error.ts';

/** `$search`: the documents that the text index of the collection finds, the best first. */
export type SearchStage = { readonly kind: 'search' } & Search;

/** `$searchMeta`: how many they are. */
export type SearchMetaStage = { readonly kind: 'searchMeta' } & Search;

export function parseSearchStage(value: Value): SearchStage {
  return { kind: 'search', ...parseSearch('$search', value) };
}

export function parseSearchMeta(value: Value): SearchMetaStage {
  return { kind: 'searchMeta', ...parseSearch('$searchMeta', value) };
}

export const BY_SEARCH_SCORE: Sort = [{ path: ['searchScore'], direction: -1, meta: 'searchScore' }];

/** Only an index can search. Reached when nobody took the stage before. */
export function refuseSearch(stage: string): never {
  throw invalidPipeline(stage, `${stage} needs the text index of a collection, in its present state.`);
}
