import { AerolithError, arraySlices, objectSlices } from '@aerolithdb/protocol';
import type { CallOptions } from './calls.ts';
import { type Link, writeThrough } from './link.ts';
import { insertOperation, type ReplaceOptions, replaceOperation } from './operations.ts';
import type { Written } from './transport/transport.ts';
import { newDocument, replacementDocument, storedFilter } from './values.ts';
import { versionOf } from './versions.ts';

type Replacement = { readonly filter: object; readonly document: object; readonly options: ReplaceOptions & CallOptions };

const TRIES = 20;

/** A command that selects nothing: it gives the receipt of a replacement that found nothing. */
const nothing = (collection: string) => ({ type: 'delete', collection, filter: '{"_id":{"$in":[]}}' }) as const;

/**
 * Replaces a document that a filter other than one `_id` selects. The protocol replaces by `_id`, so the document is found first,
 * and replaced only if it still has the version it matched with. Throws `version_conflict` when others are always faster.
 */
export async function replaceMatching(link: Link, collection: string, replacement: Replacement): Promise<Written> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await replaceOnce(link, collection, replacement);
    } catch (error) {
      const isRace =
        error instanceof AerolithError && error.code === 'version_conflict' && replacement.options.ifVersion === undefined;
      if (!isRace || tries === TRIES) throw error;
    }
  }
}

async function replaceOnce(link: Link, collection: string, { filter, document, options }: Replacement): Promise<Written> {
  const found = await findVersion(link, collection, filter, options);
  if (found !== undefined) {
    const { ifVersion = found.version } = options;
    return writeThrough(
      link,
      replaceOperation(collection, found.id, replacementDocument(document, found.id), { ifVersion }),
      options,
    );
  }
  if (options.upsert !== true) return writeThrough(link, nothing(collection), options);
  const made = newDocument(document, () => link.identifiers.objectId());
  const { receipt, result } = await writeThrough(link, insertOperation(collection, [made.text]), options);
  const [upsertedId] = result.ids ?? [];
  return { receipt, result: { matched: 0, modified: 0, ...(upsertedId !== undefined && { upsertedId }) } };
}

/** The first match and the version it has at the height at which it matched. */
async function findVersion({ calls, transport }: Link, collection: string, filter: object, options: CallOptions) {
  const find = { kind: 'find', collection, filter: storedFilter(filter), projection: '{"_id":1}', limit: 1 } as const;
  const { text = '[]', height } = await calls.run(options, (ending) => transport.read(find, ending));
  const id = objectSlices(arraySlices(text)[0] ?? '').get('_id');
  if (id === undefined) return undefined;
  const get = { kind: 'get', collection, id, at: { height } } as const;
  const answer = await calls.run(options, (ending) => transport.read(get, ending));
  return { id, version: versionOf(answer) };
}
