import {
  indexOf,
  type Operation,
  type OperationResult,
  parseDocument,
  position,
  type Receipt,
  type StoredText,
  toStored,
} from '@aerolithdb/protocol';
import type { OperationDone } from './operation-done.ts';

/**
 * An outcome as the window of commands keeps it, small whatever the command wrote: what the command, its block or the ledger
 * holds already is left out. Height, time and id are those of the block and the command, the ids of an insert are in its
 * documents, and `document` is the post-image of `documentVersion`.
 *
 * `[index of the position in the block, result, version when it is not the position (else 0), documentVersion]`, cut short after
 * the last part that says something.
 */
export type Remembered = readonly [index: number, result?: OperationResult, version?: number, documentVersion?: number];

export function rememberedOf(receipt: Receipt, done: OperationDone): Remembered {
  const index = indexOf(receipt.position);
  const result = slim(done.result);
  const version = receipt.version === receipt.position ? 0 : receipt.version;
  if (done.documentVersion !== undefined) return [index, result, version, done.documentVersion];
  if (version !== 0) return [index, result, version];
  return Object.keys(result).length === 0 ? [index] : [index, result];
}

/** `time`: of the block at `height`. */
export function restoreReceipt(remembered: Remembered, commandId: string, height: number, time: number): Receipt {
  const [index, , version = 0] = remembered;
  const at = position(height, index);
  return { height, position: at, commandId, version: version === 0 ? at : version, time };
}

/** The result as it was first given; `document` is the post-image that was left out. */
export function restoreResult(result: OperationResult, operation: Operation, document: StoredText | undefined): OperationResult {
  const whole = withIds(result, operation);
  return document === undefined ? whole : { ...whole, document };
}

function slim(result: OperationResult): OperationResult {
  const { ids: _ids, document, ...rest } = result;
  const kept = document === null ? { ...rest, document } : rest;
  return kept.results === undefined ? kept : { ...kept, results: kept.results.map(slim) };
}

function withIds(result: OperationResult, operation: Operation): OperationResult {
  if (operation.type === 'insert') return { ids: operation.documents.map(idOf), ...result };
  if (operation.type !== 'transaction' || result.results === undefined) return result;
  return { ...result, results: result.results.map((part, index) => withIds(part, operation.operations[index]!)) };
}

function idOf(text: StoredText): StoredText {
  return toStored(parseDocument(text).get('_id') ?? null);
}
