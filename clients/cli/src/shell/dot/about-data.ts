import type { CollectionInfo, IndexInfo } from '@aerolithdb/client';
import { isDocument, parseValue, type ReadAnswer } from '@aerolithdb/protocol';
import { indexOptionsText, keysText, stateText } from '../../remote/collection-answer.ts';
import { byteSize, counted, grouped } from '../../terminal/figures.ts';
import { fieldList, type Row, table } from '../../terminal/table.ts';
import { schemaShares, share } from '../schema-shares.ts';
import type { Session } from '../session.ts';
import type { DotCommand } from './dot-command.ts';
import { optionalWords, words } from './words.ts';

const SAMPLE_DOCUMENTS = 1_000;

export const collections: DotCommand = {
  name: 'collections',
  usage: '',
  does: 'the collections; "show collections" does the same',
  async run(session, _rest, signal) {
    return collectionTable(session, await session.connection.database.collections({ signal }));
  },
};

export const indexes: DotCommand = {
  name: 'indexes',
  usage: '<collection>',
  takes: ['collection'],
  does: 'the indexes of a collection',
  example: '.indexes cities',
  async run(session, rest, signal) {
    const [name] = words(rest, indexes, 1);
    const { indexes: found } = await session.connection.database.collection(name).describe({ signal });
    const rows = [['_id', '_id', 'yes'], ...found.map(indexRow)];
    return table(session.context.terminal, ['name', 'keys', 'options'], rows).trimEnd();
  },
};

export const stats: DotCommand = {
  name: 'stats',
  usage: '[collection]',
  takes: ['collection'],
  does: 'height and size of the database, or figures of one collection',
  example: '.stats cities',
  async run(session, rest, signal) {
    const [name] = optionalWords(rest);
    return name === undefined ? await databaseStats(session, signal) : await collectionStats(session, name, signal);
  },
};

export const schema: DotCommand = {
  name: 'schema',
  usage: '<collection>',
  takes: ['collection'],
  does: `the paths and types that the first ${grouped(SAMPLE_DOCUMENTS)} documents have, with their shares`,
  example: '.schema cities',
  async run(session, rest, signal) {
    const [name] = words(rest, schema, 1);
    const { documents, texts } = await sample(session, name, signal);
    const shares = schemaShares(parsedDocuments(texts));
    const { terminal } = session.context;
    const rows = shares.map(({ path, documents: seen, types }) => {
      const values = types.reduce((sum, [, count]) => sum + count, 0);
      const names =
        types.length === 1 ? types[0]![0] : types.map(([type, count]) => `${type} ${share(count, values)}`).join(', ');
      return [path, share(seen, documents), names];
    });
    const note = `From ${documents < SAMPLE_DOCUMENTS ? '' : 'the first '}${counted(documents, 'document')}; a[] are the elements of an array.`;
    const drawn = table(terminal, ['path', 'in documents', 'types'], rows, { numeric: new Set([1]) });
    return documents === 0 ? `"${name}" has no documents.` : `${drawn}${terminal.style('dim', note)}`;
  },
};

function parsedDocuments(text: string) {
  const value = parseValue(text);
  return Array.isArray(value) ? value.filter(isDocument) : [];
}

async function sample(session: Session, collection: string, signal: AbortSignal) {
  const request = { kind: 'find', collection, limit: SAMPLE_DOCUMENTS } as const;
  const { text: texts = '[]' }: ReadAnswer = await session.transport.inner.read(request, { signal });
  return { texts, documents: parsedDocuments(texts).length };
}

async function databaseStats(session: Session, signal: AbortSignal): Promise<string> {
  const { database, place } = session.connection;
  const status = await database.status({ signal });
  const fields = fieldList(session.context.terminal, [
    ['database', place],
    ['version', status.version],
    ['mode', status.mode],
    ['height', grouped(status.height)],
    ['collections', grouped(status.storage.collections)],
    ['documents', grouped(status.storage.documents)],
  ]);
  const found = await database.collections({ signal });
  return found.length === 0 ? fields.trimEnd() : `${fields}\n${collectionTable(session, found)}`;
}

async function collectionStats(session: Session, name: string, signal: AbortSignal): Promise<string> {
  const info = await session.connection.database.collection(name).describe({ signal });
  const { documents, texts } = await sample(session, name, signal);
  const bytes = Buffer.byteLength(texts) / Math.max(1, documents);
  const size: (readonly [string, string])[] =
    documents === 0 ? [] : [['mean size', `${byteSize(Math.round(bytes))} as JSON, of ${counted(documents, 'document')}`]];
  return fieldList(session.context.terminal, [
    ['collection', info.name],
    ['documents', grouped(info.documents)],
    ...size,
    ['schema', info.options.schema == null ? 'none' : 'JSON Schema'],
    ['indexes', ['_id', ...info.indexes.map(({ name: index }) => index)].join(', ')],
  ]).trimEnd();
}

function collectionTable(session: Session, found: readonly CollectionInfo[]): string {
  if (found.length === 0) return "There are no collections. Make one: db.createCollection('cities')";
  const rows: Row[] = found.map(({ name, documents, indexes: made }) => [name, grouped(documents), String(made.length + 1)]);
  return table(session.context.terminal, ['collection', 'documents', 'indexes'], rows, { numeric: new Set([1, 2]) }).trimEnd();
}

function indexRow(index: IndexInfo): Row {
  return [index.name, keysText(index.keys), stateText({ options: indexOptionsText(index), build: index.build })];
}
