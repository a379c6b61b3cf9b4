import type { AerolithDatabase, AnyDocument, Transaction } from '@aerolithdb/client';
import { nextIds } from './batch-ids.ts';
import { BATCH_SIZE } from './batch-size.ts';
import type { CurrentCall } from './bookkeeping.ts';
import type { Batching, DataCall } from './call.ts';
import type { Journal } from './journal.ts';

/** Reads of one batch that are under way at once. */
const READS_AT_ONCE = 16;

export type BatchWatch = {
  /** After each batch: documents that the call has gone through. */
  readonly onBatch: (documents: number) => void;
  /** Before each batch; throws to stop. */
  readonly assertGoingOn: () => void;
};

/** Goes through the documents of a call from where its record stands. Each batch is one transaction, its record included. */
export async function runBatches(
  database: AerolithDatabase,
  journal: Journal,
  call: DataCall,
  batching: Batching,
  watch: BatchWatch,
): Promise<CurrentCall> {
  for (;;) {
    watch.assertGoingOn();
    const before = journal.run.current;
    if (before === null) throw new Error('A call that was not begun has no batches.');
    let isOver = false;
    let size = batching.size ?? BATCH_SIZE;
    await journal.write({}, async (transaction) => {
      const ids = await nextIds(database, call.collection, call.filter, before.after, size);
      // This runs again when another writer was in between: fewer documents are less in its way.
      size = Math.ceil(size / 2);
      isOver = ids.length === 0;
      if (isOver) return undefined;
      await change(transaction, call, batching, ids);
      const current = { batches: before.batches + 1, documents: before.documents + ids.length };
      return { current: { ...current, call: before.call, after: { id: ids.at(-1) } } };
    });
    const current = journal.run.current ?? before;
    if (isOver) return current;
    watch.onBatch(current.documents);
  }
}

async function change(transaction: Transaction, call: DataCall, { change }: Batching, ids: readonly unknown[]): Promise<void> {
  const collection = transaction.collection<AnyDocument>(call.collection);
  if (call.kind === 'updateDocuments') {
    for (const id of ids) {
      const filter = call.filter === undefined ? { _id: id } : { $and: [{ _id: id }, call.filter] };
      await collection.updateOne(filter, call.update as object);
    }
    return;
  }
  await change?.(await documentsOf(collection, ids), transaction);
}

/** Read through the transaction, which fails when one of them has been changed before it is sent. */
async function documentsOf(
  collection: { get(id: unknown): Promise<AnyDocument | null> },
  ids: readonly unknown[],
): Promise<AnyDocument[]> {
  const documents: AnyDocument[] = [];
  for (let first = 0; first < ids.length; first += READS_AT_ONCE) {
    const read = await Promise.all(ids.slice(first, first + READS_AT_ONCE).map((id) => collection.get(id)));
    documents.push(...read.filter((document) => document !== null));
  }
  return documents;
}
