import type { CollectionInfo } from '@aerolithdb/database';
import { indexSpecText } from '@aerolithdb/protocol';
import { objectText } from '../answer.ts';

/** A collection as JSON text. The schema is text already. */
export function collectionText({ name, documents, options, indexes }: CollectionInfo): string {
  return objectText({
    name: JSON.stringify(name),
    documents: String(documents),
    options: objectText({ schema: options.schema ?? undefined }),
    indexes: `[${indexes.map(indexSpecText).join(',')}]`,
  });
}
