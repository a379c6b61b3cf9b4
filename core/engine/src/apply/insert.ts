import { AerolithError, type DerivedDocument, type DocumentOperation, LIMITS, type StoredText } from '@aerolithdb/protocol';
import type { BlockContext } from './block-context.ts';
import { NewDocument, newDocument } from './new-document.ts';
import type { OperationDone } from './operation-done.ts';
import { insertRow } from './write-row.ts';

type InsertOperation = Extract<DocumentOperation, { type: 'insert' }>;

/** Documents are taken in their order, and the first that fails decides. `known`: what was derived of them already. */
export function insert(context: BlockContext, operation: InsertOperation, known?: readonly DerivedDocument[]): OperationDone {
  const { documents } = operation;
  assertBatch(documents.length);
  const collection = context.collection(operation.collection);
  const ids: StoredText[] = [];
  for (const [index, text] of documents.entries()) {
    const derived = known?.[index];
    const added = derived === undefined ? newDocument(text) : new NewDocument(text, derived);
    insertRow(context, collection, added);
    ids.push(added.id);
  }
  return { result: { ids } };
}

function assertBatch(documents: number): void {
  if (documents === 0) throw new AerolithError('invalid_command', 'An insert needs at least one document.');
  if (documents <= LIMITS.batchDocuments) return;
  throw new AerolithError(
    'batch_too_large',
    `The insert has ${documents} documents; the limit is ${LIMITS.batchDocuments}. Send several.`,
    {
      documents,
      limit: LIMITS.batchDocuments,
    },
  );
}
