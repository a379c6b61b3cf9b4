import { AerolithError, type DocumentOperation, type ErrorCode, type Outcome, type Receipt } from '@aerolithdb/protocol';
import { assertBulkShape } from './bulk-shape.ts';
import { CALL_OPTIONS, type CallOptions } from './calls.ts';
import { assertKnownNames } from './known-names.ts';
import { type Link, writeThrough } from './link.ts';
import {
  deleteOperation,
  insertOperation,
  type ReplaceOptions,
  replaceOperation,
  type UpdateManyOptions,
  type UpdateOneOptions,
  updateOperation,
  type WriteOneOptions,
} from './operations.ts';
import { errorOf } from './transport/error-of.ts';
import type { IdOf } from './types/document.ts';
import type { Filter } from './types/filter.ts';
import type { Update, UpdatePipeline } from './types/update.ts';
import { newDocument, onlyId, plainOf, replacementDocument } from './values.ts';

/** One write of a bulk, by the name of the method that does the same. */
export type BulkWrite<T, In> =
  | { readonly insertOne: { readonly document: In } }
  /** By `_id`, which is all that the filter may name. */
  | { readonly replaceOne: { readonly filter: { readonly _id: IdOf<T> }; readonly replacement: In } & ReplaceOptions }
  | { readonly updateOne: { readonly filter: Filter<T>; readonly update: Update<T> | UpdatePipeline } & UpdateOneOptions<T> }
  | { readonly updateMany: { readonly filter: Filter<T>; readonly update: Update<T> | UpdatePipeline } & UpdateManyOptions }
  | { readonly deleteOne: { readonly filter: Filter<T> } & WriteOneOptions<T> }
  | { readonly deleteMany: { readonly filter: Filter<T> } };

export type BulkWriteOptions = CallOptions & {
  /** false: all are tried; else the first that is refused ends the bulk. */
  readonly ordered?: boolean | undefined;
};

/** What a bulk did. Ids stand under the place of their write in the bulk, from 0 on. */
export type BulkWriteResult<T> = {
  readonly insertedCount: number;
  readonly matchedCount: number;
  readonly modifiedCount: number;
  readonly deletedCount: number;
  readonly upsertedCount: number;
  readonly insertedIds: Readonly<Record<number, IdOf<T>>>;
  readonly upsertedIds: Readonly<Record<number, IdOf<T>>>;
  /** Of the last command of the bulk. */
  readonly receipt: Receipt;
};

/** `index`: the place of the write in the bulk, from 0 on. */
export type BulkFailure = { readonly index: number; readonly error: AerolithError };

/** Some writes of a bulk were refused: its code is that of the first. `result` says what the others did, which is done and stays. */
export class BulkWriteError<T = unknown> extends AerolithError {
  readonly failures: readonly BulkFailure[];
  readonly result: BulkWriteResult<T>;

  constructor(first: BulkFailure, failures: readonly BulkFailure[], result: BulkWriteResult<T>) {
    const { code, message, details } = first.error;
    const more = failures.length === 1 ? '' : ` ${failures.length} writes were refused.`;
    super(code as ErrorCode, `Write ${first.index} of the bulk: ${message}${more}`, { ...details, write: first.index });
    this.failures = failures;
    this.result = result;
  }
}

export type BulkTarget<T, In> = {
  readonly link: Link;
  readonly collection: string;
  readonly writes: readonly BulkWrite<T, In>[];
  readonly checked: (document: In) => Promise<object>;
};

/** Throws `BulkWriteError` when a write is refused, `invalid_command` when there are none or one has a name that it does not take. */
export async function bulkWrite<T, In>(target: BulkTarget<T, In>, options: BulkWriteOptions): Promise<BulkWriteResult<T>> {
  assertBulkShape(target.writes);
  assertKnownNames(options, ['ordered', ...CALL_OPTIONS], 'bulkWrite', 'invalid_command');
  const operations = await Promise.all(target.writes.map((write, index) => operationOf(target, write, index)));
  const operation = { type: 'bulk', operations, ...(options.ordered === false && { ordered: false }) } as const;
  const { receipt, result } = await writeThrough(target.link, operation, options);
  const outcomes = result.outcomes ?? [];
  const done = resultOf<T>(outcomes, receipt);
  const failures = outcomes.flatMap((outcome, index) => (outcome.ok ? [] : [{ index, error: errorOf(outcome.error) }]));
  const [first] = failures;
  if (first !== undefined) throw new BulkWriteError(first, failures, done);
  return done;
}

async function operationOf<T, In>(
  { link, collection, checked }: BulkTarget<T, In>,
  write: BulkWrite<T, In>,
  index: number,
): Promise<DocumentOperation> {
  if ('insertOne' in write) {
    const document = await checked(write.insertOne.document);
    return insertOperation(collection, [newDocument(document, () => link.identifiers.objectId()).text]);
  }
  if ('replaceOne' in write) {
    const { filter, replacement, ...options } = write.replaceOne;
    const id = onlyId(filter);
    if (id === undefined) throw unusable(index, 'A bulk replaces by _id; give { _id: … } as the filter, and nothing else.');
    return replaceOperation(collection, id, replacementDocument(await checked(replacement), id), options);
  }
  if ('updateOne' in write) return updateOperation(collection, write.updateOne.filter, write.updateOne.update, write.updateOne);
  if ('updateMany' in write) {
    const { filter, update, ...options } = write.updateMany;
    return updateOperation(collection, filter, update, { ...options, multi: true });
  }
  if ('deleteOne' in write) return deleteOperation(collection, write.deleteOne.filter, { ...write.deleteOne });
  return deleteOperation(collection, write.deleteMany.filter, { multi: true });
}

function resultOf<T>(outcomes: readonly Outcome[], receipt: Receipt): BulkWriteResult<T> {
  const counts = { insertedCount: 0, matchedCount: 0, modifiedCount: 0, deletedCount: 0, upsertedCount: 0 };
  const insertedIds: Record<number, IdOf<T>> = {};
  const upsertedIds: Record<number, IdOf<T>> = {};
  for (const [index, outcome] of outcomes.entries()) {
    if (!outcome.ok) continue;
    const { ids = [], matched = 0, modified = 0, deleted = 0, upsertedId } = outcome.result;
    counts.matchedCount += matched;
    counts.modifiedCount += modified;
    counts.deletedCount += deleted;
    counts.insertedCount += ids.length;
    if (ids[0] !== undefined) insertedIds[index] = plainOf<IdOf<T>>(ids[0]);
    if (upsertedId === undefined) continue;
    counts.upsertedCount += 1;
    upsertedIds[index] = plainOf<IdOf<T>>(upsertedId);
  }
  return { ...counts, insertedIds, upsertedIds, receipt };
}

function unusable(index: number, why: string): AerolithError {
  return new AerolithError('invalid_command', `Write ${index} of the bulk: ${why}`, { write: index });
}
