import {
  type Operation,
  type OperationResult,
  parseDocument,
  type Receipt,
  type StoredText,
  toStored,
} from '@aerolithdb/protocol';
import type { OperationDone } from './operation-done.ts';

/**
 * An outcome as the window of commands keeps it. What the command or the ledger holds already is left out: the ids of an insert
 * are in its documents, and `document` is the post-image of `documentVersion`. So it stays small whatever the command wrote.
 */
export type Remembered = { readonly receipt: Receipt; readonly result: OperationResult; readonly documentVersion?: number };

export function rememberedOf(receipt: Receipt, done: OperationDone): Remembered {
  const result = slim(done.result);
  return done.documentVersion === undefined ? { receipt, result } : { receipt, result, documentVersion: done.documentVersion };
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
