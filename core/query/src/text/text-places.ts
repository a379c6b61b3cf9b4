import { AerolithError } from '@aerolithdb/protocol';
import type { Filter } from '../filter.ts';
import { nearOf } from '../geo/near-condition.ts';

type TextPart = Extract<Filter, { kind: 'text' }>;

/** The `$text` of a filter, wherever it stands; undefined: it has none. */
export function textPartOf(filter: Filter): TextPart | undefined {
  return searchesIn(filter)[0];
}

export function hasText(filter: Filter): boolean {
  return searchesIn(filter).length > 0;
}

/** Whether every document that the filter selects is one that its `$text` finds. */
export function needsText(filter: Filter): boolean {
  return filter.kind === 'text' || (filter.kind === 'and' && filter.filters.some(needsText));
}

/** A filter has one `$text` at most, not in a `$nor`. Throws `invalid_filter`. */
export function assertTextPlaces(filter: Filter): void {
  const searches = searchesIn(filter);
  if (searches.length > 0 && nearOf(filter) !== undefined)
    throw invalid('$text and $near both give documents an order; use $geoWithin with $centerSphere beside $text.');
  if (searches.length > 1) throw invalid('A filter has one $text at most; put the words of all into one "$search".');
  if (searches.length > 0 && hasNegatedText(filter))
    throw invalid('$text has no place in $nor; to leave words out write them with a minus: {"$search": "coffee -shop"}.');
}

function searchesIn(filter: Filter): readonly TextPart[] {
  if (filter.kind === 'text') return [filter];
  return filter.kind === 'field' || filter.kind === 'expression' ? [] : filter.filters.flatMap(searchesIn);
}

function hasNegatedText(filter: Filter): boolean {
  if (filter.kind === 'nor') return filter.filters.some(hasText);
  return (filter.kind === 'and' || filter.kind === 'or') && filter.filters.some(hasNegatedText);
}

function invalid(message: string): AerolithError {
  return new AerolithError('invalid_filter', message, { operator: '$text' });
}
