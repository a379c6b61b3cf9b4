import { AerolithError, type Document } from '@aerolithdb/protocol';
import type { Filter } from './filter.ts';
import { parseElementFilter } from './parse-filter.ts';

/**
 * Reads array filters by the name each is for: `[{"x.score": {"$gt": 5}}]` is for `$[x]`. The filter sees an element of the
 * array in the field of that name. Throws `invalid_update` and what `parseFilter` throws.
 */
export function parseArrayFilters(documents: readonly Document[]): ReadonlyMap<string, Filter> {
  const filters = new Map<string, Filter>();
  for (const document of documents) {
    const filter = parseElementFilter(document);
    const name = nameOf(filter);
    if (filters.has(name)) throw invalid(`Two array filters are for "${name}"; join them with $and.`);
    filters.set(name, filter);
  }
  return filters;
}

function nameOf(filter: Filter): string {
  const names = new Set(firstComponents(filter));
  const [name] = names;
  if (name === undefined) throw invalid('An array filter is empty; it needs a condition such as {"x": {"$gt": 5}}.');
  if (names.size > 1)
    throw invalid(`An array filter is for one name; this one has ${[...names].map((each) => `"${each}"`).join(' and ')}.`);
  if (!/^[a-z][A-Za-z0-9]*$/.test(name)) {
    throw invalid(
      `"${name}" is no name for an array filter; it begins with a lower-case letter and has only letters and digits.`,
    );
  }
  return name;
}

function firstComponents(filter: Filter): string[] {
  if (filter.kind === 'expression' || filter.kind === 'text') return [];
  return filter.kind === 'field' ? [filter.path[0]!] : filter.filters.flatMap(firstComponents);
}

function invalid(message: string): AerolithError {
  return new AerolithError('invalid_update', message);
}
