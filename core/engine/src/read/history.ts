import { AerolithError, type HistoryRequest, heightOf, indexOf, type ReadAnswer, storedToRelaxed } from '@aerolithdb/protocol';
import { changeKindOf } from '../ledger/change-kind.ts';
import { idKeyOf } from './get.ts';
import { wholeNumber } from './query-parts.ts';
import { collectionNamed, type ReadContext } from './read-context.ts';
import { READ_LIMITS } from './read-limits.ts';

/**
 * The versions of a document, the newest first, as a JSON array of `{version, height, time, kind, document}`; a delete has no
 * document. At most `limit` of them, and no more than an answer holds. Throws `unknown_collection`, `unknown_document`, `invalid_id`.
 */
export function history(context: ReadContext, request: HistoryRequest): ReadAnswer {
  const { table, name } = collectionNamed(context.catalogue, request.collection);
  const limit = wholeNumber('limit', request.limit) || READ_LIMITS.historyVersions;
  const rows = context.connection.prepare<number>(
    `SELECT version FROM documents_${table} WHERE id = ? UNION ALL SELECT version FROM history_${table} WHERE id = ?
     ORDER BY version DESC LIMIT ?`,
    'pluck',
  );
  const id = idKeyOf(request.id);
  const versions = rows.all(id, id, limit);
  if (versions.length === 0)
    throw new AerolithError('unknown_document', `"${name}" never held a document with the _id ${request.id}.`, {
      collection: name,
      id: request.id,
    });
  const texts: string[] = [];
  let units = 0;
  for (const version of versions) {
    if (units >= READ_LIMITS.answerBytes) break;
    const text = versionText(context, version);
    texts.push(text);
    units += text.length;
  }
  return { height: context.height, text: `[${texts.join(',')}]`, count: texts.length };
}

function versionText({ blocks }: ReadContext, version: number): string {
  const height = heightOf(version);
  const block = blocks.block(height);
  if (block === undefined) throw new RangeError(`Version ${version} names block ${height}, which the ledger does not hold.`);
  const change = block.body.manifest.changes[indexOf(version)];
  if (change === undefined) throw new RangeError(`Version ${version} names a change that block ${height} does not hold.`);
  const stored = blocks.postImage(version);
  const document = stored === undefined ? '' : `,"document":${storedToRelaxed(stored)}`;
  return `{"version":${version},"height":${height},"time":${block.time},"kind":"${changeKindOf(change[0])}"${document}}`;
}
