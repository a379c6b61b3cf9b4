import {
  type Command,
  type OperationResult,
  type Outcome,
  parseDocument,
  type Receipt,
  type StoredText,
  toStored,
} from '@aerolithdb/protocol';

/**
 * An outcome as the window of commands keeps it. What the command or the ledger holds already is left out: the ids of an insert
 * are in its documents, and `document` is the post-image of `documentVersion`. So a row stays small whatever the command wrote.
 */
type Remembered = { readonly receipt: Receipt; readonly result: OperationResult; readonly documentVersion?: number };

export function encodeRemembered(receipt: Receipt, result: OperationResult, documentVersion: number | undefined): string {
  const { ids: _ids, document, ...rest } = result;
  const kept = document === null ? { ...rest, document } : rest;
  const slim = kept.results === undefined ? kept : { ...kept, results: kept.results.map(withoutIds) };
  const remembered: Remembered =
    documentVersion === undefined ? { receipt, result: slim } : { receipt, result: slim, documentVersion };
  return JSON.stringify(remembered);
}

/** The first outcome again. `postImage` gives the stored text that a version left. */
export function decodeRemembered(
  text: string,
  command: Command,
  postImage: (version: number) => StoredText | undefined,
): Outcome & { ok: true } {
  const { receipt, result, documentVersion } = JSON.parse(text) as Remembered;
  const whole = restoreIds(result, command.operation);
  const document = documentVersion === undefined ? undefined : postImage(documentVersion);
  return { ok: true, receipt, result: document === undefined ? whole : { ...whole, document }, repeated: true };
}

function withoutIds(result: OperationResult): OperationResult {
  const { ids: _ids, ...rest } = result;
  return rest;
}

function restoreIds(result: OperationResult, operation: Command['operation']): OperationResult {
  if (operation.type === 'insert') return { ids: operation.documents.map(idOf), ...result };
  if (operation.type !== 'transaction' || result.results === undefined) return result;
  return { ...result, results: result.results.map((part, index) => restorePart(part, operation.operations[index])) };
}

function restorePart(result: OperationResult, operation: Command['operation'] | undefined): OperationResult {
  return operation === undefined ? result : restoreIds(result, operation);
}

function idOf(text: StoredText): StoredText {
  return toStored(parseDocument(text).get('_id') ?? null);
}
