import { AerolithError, type BulkOperation, type DocumentOperation, LIMITS, type Outcome } from '@aerolithdb/protocol';
import type { BlockContext } from './block-context.ts';
import type { OperationDone, PartDone } from './operation-done.ts';
import { receiptOf } from './receipt-of.ts';
import { refusalOf } from './refusal.ts';
import { writesInSteps } from './writes-in-steps.ts';

/**
 * Operations in their order, each whole or not at all, each seeing what those before it wrote. Ordered, the first that is refused
 * ends the bulk; the bulk itself is carried out all the same, so that sent again it is answered with the same outcomes.
 * An operation that finds no room ends it too, without an outcome: it and those after it are for a further command.
 */
export function bulk(
  context: BlockContext,
  commandId: string,
  operation: BulkOperation,
  applyPart: (context: BlockContext, part: DocumentOperation) => OperationDone,
): OperationDone {
  assertParts(operation);
  const outcomes: Outcome[] = [];
  const parts: PartDone[] = [];
  for (const part of operation.operations) {
    const first = context.changes.length;
    const done = carryOut(context, part, parts.length === 0, applyPart);
    if (done === undefined) break;
    parts.push('error' in done ? done : { receipt: receiptOf(context, commandId, done, first), done });
    outcomes.push(outcomeOf(parts.at(-1)!));
    if ('error' in done ? operation.ordered !== false : done.result.next !== undefined) break;
  }
  return { result: { outcomes }, parts };
}

/** Undefined when there was no room for it. Throws `overloaded` when there was none for the first. */
function carryOut(
  context: BlockContext,
  part: DocumentOperation,
  isFirst: boolean,
  applyPart: (context: BlockContext, part: DocumentOperation) => OperationDone,
): OperationDone | Extract<PartDone, { error: unknown }> | undefined {
  context.beginPart(writesInSteps(part));
  try {
    const done = applyPart(context, part);
    context.endPart();
    return done;
  } catch (thrown) {
    const error = refusalOf(thrown);
    if (error === undefined || (isFirst && error.code === 'overloaded')) throw thrown;
    context.undoPart();
    return error.code === 'overloaded' ? undefined : { error };
  }
}

function outcomeOf(part: PartDone): Outcome {
  return 'error' in part ? { ok: false, error: part.error } : { ok: true, receipt: part.receipt, result: part.done.result };
}

function assertParts({ operations: { length } }: BulkOperation): void {
  if (length === 0) throw new AerolithError('invalid_command', 'A bulk needs at least one operation.');
  if (length <= LIMITS.batchDocuments) return;
  throw new AerolithError('batch_too_large', `The bulk has ${length} operations; the limit is ${LIMITS.batchDocuments}.`, {
    operations: length,
    limit: LIMITS.batchDocuments,
  });
}
