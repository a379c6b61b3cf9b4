import type { CollectionInfo } from '@aerolithdb/database';
import type { IndexSpec } from '@aerolithdb/protocol';
import { objectText } from '../answer.ts';

/** A collection as JSON text. The schema is text already. */
export function collectionText({ name, documents, options, indexes }: CollectionInfo): string {
  return objectText({
    name: JSON.stringify(name),
    documents: String(documents),
    options: objectText({ schema: options.schema ?? undefined }),
    indexes: `[${indexes.map(indexText).join(',')}]`,
  });
}

/** An index as JSON text; its keys in their order, whatever they are called. */
export function indexText({ name, keys, unique }: IndexSpec): string {
  return objectText({
    name: JSON.stringify(name),
    keys: `{${keys.map(([path, direction]) => `${JSON.stringify(path)}:${direction}`).join(',')}}`,
    unique: unique === true ? 'true' : undefined,
  });
}
