import { AerolithError, type StoredText } from '@aerolithdb/protocol';
import { firstMatch, type MatchOptions } from './first-match.ts';
import { type Link, writeThrough } from './link.ts';
import { insertOperation, type ReplaceOptions, replaceOperation } from './operations.ts';
import type { Written } from './transport/transport.ts';
import { newDocument, onlyId, replacementDocument } from './values.ts';

type Replacement = { readonly filter: object; readonly document: object; readonly options: ReplaceOptions & MatchOptions };

/** What a replacement did, with the document as it was found and as it is now; null where there is none. */
export type Replaced = Written & { readonly before: string | null; readonly after: StoredText | null };

const TRIES = 20;

/** A command that selects nothing: it gives the receipt of a replacement that found nothing. */
const nothing = (collection: string) => ({ type: 'delete', collection, filter: '{"_id":{"$in":[]}}' }) as const;

/**
 * Replaces the first document that a filter selects. The protocol replaces by `_id`, so the document is found first, and replaced
 * only if it still has the version it matched with. Throws `version_conflict` when others are always faster.
 */
export async function replaceMatching(link: Link, collection: string, replacement: Replacement): Promise<Replaced> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await replaceOnce(link, collection, replacement);
    } catch (error) {
      if (!isRace(error, replacement) || tries === TRIES) throw error;
    }
  }
}

/** Whether others changed, or made, the document after it was looked for. */
function isRace(error: unknown, { filter, options }: Replacement): boolean {
  if (!(error instanceof AerolithError)) return false;
  if (error.code === 'version_conflict') return options.ifVersion === undefined;
  return error.code === 'duplicate_id' && options.upsert === true && onlyId(filter) !== undefined;
}

async function replaceOnce(link: Link, collection: string, replacement: Replacement): Promise<Replaced> {
  const { filter, document, options } = replacement;
  const found = await firstMatch(link, collection, filter, options);
  if (found !== undefined) {
    const { ifVersion = found.version } = options;
    const after = replacementDocument(document, found.id);
    const written = await writeThrough(link, replaceOperation(collection, found.id, after, { ifVersion }), options);
    return { ...written, before: found.text, after };
  }
  if (options.upsert === true) return insertOnce(link, collection, replacement);
  return { ...(await writeThrough(link, nothing(collection), options)), before: null, after: null };
}

/** The new document has the `_id` that it names, or that the filter asks for, or one that is made. */
async function insertOnce(link: Link, collection: string, { filter, document, options }: Replacement): Promise<Replaced> {
  const id = onlyId(filter);
  const after =
    id === undefined ? newDocument(document, () => link.identifiers.objectId()).text : replacementDocument(document, id);
  const { receipt, result } = await writeThrough(link, insertOperation(collection, [after]), options);
  const [upsertedId] = result.ids ?? [];
  const made = { matched: 0, modified: 0, ...(upsertedId !== undefined && { upsertedId }) };
  return { receipt, result: made, before: null, after };
}
