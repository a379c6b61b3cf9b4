import {
  indexOf,
  type Operation,
  type OperationResult,
  type Outcome,
  type OutcomeError,
  parseDocument,
  position,
  type Receipt,
  type StoredText,
  toStored,
} from '@aerolithdb/protocol';
import type { OperationDone, PartDone } from './operation-done.ts';

/**
 * An outcome as the window of commands keeps it, small whatever the command wrote: what the command, its block or the ledger
 * holds already is left out. Height, time and id are those of the block and the command, the ids of an insert are in its
 * documents, and `document` is the post-image of `documentVersion`.
 *
 * `[index of the position in the block, result, version when it is not the position (else 0), documentVersion]`, cut short after
 * the last part that says something.
 */
export type Remembered = readonly [index: number, result?: RememberedResult, version?: number, documentVersion?: number];

/** `parts`: of a bulk, in place of its outcomes; an error is what an operation was refused with. */
type RememberedResult = Omit<OperationResult, 'outcomes'> & { readonly parts?: readonly (Remembered | OutcomeError)[] };

export function rememberedOf(receipt: Receipt, done: OperationDone): Remembered {
  const index = indexOf(receipt.position);
  const result = slim(done);
  const version = receipt.version === receipt.position ? 0 : receipt.version;
  if (done.documentVersion !== undefined) return [index, result, version, done.documentVersion];
  if (version !== 0) return [index, result, version];
  return Object.keys(result).length === 0 ? [index] : [index, result];
}

/** Where a remembered outcome stands: its command, the block of it, and the images that the ledger holds. */
export type Standing = {
  readonly commandId: string;
  readonly height: number;
  /** Of the block, milliseconds since 1970. */
  readonly time: number;
  readonly imageOf: (version: number) => StoredText | undefined;
};

/** The outcome as it was first given. */
export function restoreOutcome(remembered: Remembered, operation: Operation, standing: Standing): Extract<Outcome, { ok: true }> {
  const [, { parts, ...kept } = {}, , documentVersion] = remembered;
  const document = documentVersion === undefined ? undefined : standing.imageOf(documentVersion);
  const result = { ...withIds(kept, operation), ...(document !== undefined && { document }) };
  const outcomes = parts?.map((part, index) => restorePart(part, index, operation, standing));
  return {
    ok: true,
    receipt: restoreReceipt(remembered, standing),
    result: outcomes === undefined ? result : { ...result, outcomes },
  };
}

function restorePart(part: Remembered | OutcomeError, index: number, whole: Operation, standing: Standing): Outcome {
  if ('code' in part) return { ok: false, error: part };
  const operation = whole.type === 'bulk' ? whole.operations[index] : undefined;
  if (operation === undefined) throw new Error(`The command "${standing.commandId}" has no operation ${index}.`);
  return restoreOutcome(part, operation, standing);
}

function restoreReceipt(remembered: Remembered, { commandId, height, time }: Standing): Receipt {
  const [index, , version = 0] = remembered;
  const at = position(height, index);
  return { height, position: at, commandId, version: version === 0 ? at : version, time };
}

function slim({ result, parts }: OperationDone): RememberedResult {
  const kept = slimResult(result);
  return parts === undefined ? kept : { ...kept, parts: parts.map(rememberedPart) };
}

function rememberedPart(part: PartDone): Remembered | OutcomeError {
  return 'error' in part ? part.error : rememberedOf(part.receipt, part.done);
}

function slimResult(result: OperationResult): Omit<OperationResult, 'outcomes'> {
  const { ids: _ids, document, outcomes: _outcomes, ...rest } = result;
  const kept = document === null ? { ...rest, document } : rest;
  return kept.results === undefined ? kept : { ...kept, results: kept.results.map(slimResult) };
}

function withIds(result: OperationResult, operation: Operation): OperationResult {
  if (operation.type === 'insert') return { ids: operation.documents.map(idOf), ...result };
  if (operation.type !== 'transaction' || result.results === undefined) return result;
  return { ...result, results: result.results.map((part, index) => withIds(part, operation.operations[index]!)) };
}

function idOf(text: StoredText): StoredText {
  return toStored(parseDocument(text).get('_id') ?? null);
}
