import { AerolithError, suggestNearest } from '@aerolithdb/protocol';

/** Names the nearest collection there is. */
export function unknownCollection(name: string, collections: readonly { readonly name: string }[]): AerolithError {
  const nearest = suggestNearest(
    name,
    collections.map((collection) => collection.name),
  );
  const hint = nearest === undefined ? 'Create it first.' : `Did you mean "${nearest}"?`;
  return new AerolithError('unknown_collection', `There is no collection "${name}". ${hint}`, { collection: name, nearest });
}
