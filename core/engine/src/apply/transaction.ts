import {
  AerolithError,
  type DocumentOperation,
  encodeIdKey,
  LIMITS,
  type OperationResult,
  parseValue,
  type ReadPrecondition,
  type TransactionOperation,
} from '@aerolithdb/protocol';
import type { BlockContext } from './block-context.ts';
import type { OperationDone } from './operation-done.ts';
import { refusalOf } from './refusal.ts';

/**
 * All operations or none. Reads are checked first, then operations run in their order, each seeing what those before it wrote.
 * The first that fails decides: `transaction_conflict` with its place and its own error in the details.
 */
export function transaction(
  context: BlockContext,
  operation: TransactionOperation,
  applyPart: (context: BlockContext, part: DocumentOperation) => OperationDone,
): OperationDone {
  assertParts(operation);
  for (const [index, read] of (operation.reads ?? []).entries()) assertRead(context, read, index);
  const results: OperationResult[] = [];
  for (const [index, part] of operation.operations.entries()) {
    const { result } = applyWithPlace(context, part, index, applyPart);
    if (result.next !== undefined) throw tooManyChanges(index);
    results.push(result);
  }
  return { result: { results } };
}

function assertParts(operation: TransactionOperation): void {
  const parts = operation.operations.length;
  if (parts === 0) throw new AerolithError('invalid_command', 'A transaction needs at least one operation.');
  if (parts <= LIMITS.batchDocuments) return;
  throw new AerolithError('batch_too_large', `The transaction has ${parts} operations; the limit is ${LIMITS.batchDocuments}.`, {
    operations: parts,
    limit: LIMITS.batchDocuments,
  });
}

function assertRead(context: BlockContext, read: ReadPrecondition, index: number): void {
  const row = context.collection(read.collection).rowById(encodeIdKey(parseValue(read.id)));
  const actual = row?.[1] ?? 0;
  if (actual === read.version) return;
  throw new AerolithError(
    'transaction_conflict',
    `The document ${read.id} of "${read.collection}" has version ${actual}; the transaction had read version ${read.version}. Read it again and decide.`,
    { read: index, collection: read.collection, id: read.id, expected: read.version, actual },
  );
}

function applyWithPlace(
  context: BlockContext,
  part: DocumentOperation,
  index: number,
  applyPart: (context: BlockContext, part: DocumentOperation) => OperationDone,
): OperationDone {
  try {
    return applyPart(context, part);
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal === undefined || refusal.code === 'overloaded') throw error;
    throw new AerolithError('transaction_conflict', `Operation ${index} of the transaction failed: ${refusal.message}`, {
      operation: index,
      error: refusal,
    });
  }
}

function tooManyChanges(index: number): AerolithError {
  return new AerolithError(
    'too_many_changes',
    `Operation ${index} would take the transaction over ${LIMITS.changesPerCommand} changes. Narrow its filter or split the transaction.`,
    { operation: index, limit: LIMITS.changesPerCommand },
  );
}
