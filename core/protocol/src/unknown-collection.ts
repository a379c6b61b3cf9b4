import { AerolithError } from './aerolith-error.ts';
import { suggestNearest } from './suggest-nearest.ts';

/**
 * The error for a collection that is not among `names`: it names the nearest one, or how the collection is made.
 *
 * @example
 * unknownCollection('citys', ['cities']).message; // 'No collection is named "citys". Did you mean "cities"?'
 */
export function unknownCollection(name: string, names: Iterable<string>): AerolithError<'unknown_collection'> {
  // Sorted, so that of equally near ones every replica names the same.
  const nearest = suggestNearest(name, [...names].sort());
  const quoted = JSON.stringify(name);
  const advice =
    nearest === undefined
      ? `Create it first: aerolith collection create ${quoted}, or POST /v1/collections with {"name": ${quoted}}.`
      : `Did you mean "${nearest}"?`;
  return new AerolithError('unknown_collection', `No collection is named "${name}". ${advice}`, {
    collection: name,
    ...(nearest === undefined ? {} : { nearest }),
  });
}
