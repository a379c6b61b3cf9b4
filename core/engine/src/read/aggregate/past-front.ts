import { type Document, parseDocument } from '@aerolithdb/protocol';
import { type Front, type Run, runStages } from '@aerolithdb/query';
import type { CollectionRecord } from '../../catalogue.ts';
import { pastDocuments } from '../past-documents.ts';
import type { ReadContext } from '../read-context.ts';

/** What the front of a pipeline asks for in a past state, where there are no indexes: its stages run like all others. */
export function pastFront(
  context: ReadContext,
  collection: CollectionRecord,
  height: number,
  front: Front,
  run: Run,
  level: number,
): Iterable<Document> {
  return runStages(front.taken, documentsAt(context, collection, height, level), run);
}

function* documentsAt(context: ReadContext, collection: CollectionRecord, height: number, level: number): Generator<Document> {
  for (const { text } of pastDocuments(context, collection, height, level)) yield parseDocument(text);
}
