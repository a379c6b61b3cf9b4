/**
 * One command: its outcome, and either all of its changes or none.
 *
 * What decides, in this order (every replica must come to the same outcome):
 *  1. its id: in the window of the same command → the first outcome again, of another → `command_id_reused`
 *  2. its shape: `invalid_command`, `invalid_name`, `batch_too_large`
 *  3. the collection: `unknown_collection`; for catalogue operations then names, options and definitions, then `…_exists`
 *  4. filter, update and sort, ids and documents as text: every code of the parsers, `document_too_large`, `invalid_id`; a
 *     replacement with another `_id`: `immutable_id`
 *  5. `ifVersion` and the reads of a transaction: `version_conflict`, `transaction_conflict`
 *  6. room in the block: `overloaded`
 *  7. the new document: what the update cannot do to it, `immutable_id`, `schema_violation`, `index_key_too_large`, `invalid_index`
 *  8. `duplicate_id`, then `duplicate_key_value`, indexes in the order of their creation
 * Documents of an insert, rows of an update and operations of a transaction are taken one after the other through 4 to 8, and
 * the first that fails decides; operations of a bulk are too, and each has an outcome of its own. Only applied commands are remembered: a refused one may be sent again with its id.
 */
import {
  AerolithError,
  type Command,
  type DocumentOperation,
  encodeCommand,
  type Operation,
  type Outcome,
  validateCommand,
} from '@aerolithdb/protocol';
import type { BlockContext } from './block-context.ts';
import { buildIndex } from './build-index.ts';
import { bulk } from './bulk.ts';
import { alterCollection, createCollection, dropCollection } from './collections.ts';
import type { CommandWindow } from './command-window.ts';
import { deleteDocuments } from './delete.ts';
import { expire } from './expire.ts';
import { alterIndex, createIndex, dropIndex } from './indexes.ts';
import { insert } from './insert.ts';
import type { OperationDone } from './operation-done.ts';
import { removePrincipal, setPrincipal } from './principals.ts';
import { receiptOf } from './receipt-of.ts';
import { refusalOf } from './refusal.ts';
import { replace } from './replace.ts';
import { roots } from './root-hasher.ts';
import { transaction } from './transaction.ts';
import { update } from './update.ts';
import { writesInSteps } from './writes-in-steps.ts';

/** `leaf`: what the block hashes of the command (see `Derived`). */
export type AppliedCommand = { readonly outcome: Outcome; readonly leaf: string };

export function applyCommand(context: BlockContext, window: CommandWindow, command: Command): AppliedCommand {
  const leaf = command.derived?.leaf ?? roots.leafOf(encodeCommand(command));
  const outcome = window.repeated(context, command) ?? applyNew(context, window, command);
  return { outcome, leaf };
}

function applyNew(context: BlockContext, window: CommandWindow, command: Command): Outcome {
  context.beginCommand(writesInSteps(command.operation));
  try {
    if (isCatalogueOperation(command.operation)) assertWellFormed(command);
    const done = applyOperation(context, command);
    context.endCommand();
    const receipt = receiptOf(context, command.id, done, context.firstChange);
    window.remember(command, receipt, done);
    return { ok: true, receipt, result: done.result };
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal === undefined) throw error;
    context.undoCommand();
    return { ok: false, error: refusal };
  }
}

/** What is derived is the node's own, and no field of a command. */
function assertWellFormed({ derived: _, ...command }: Command): void {
  validateCommand(command, { texts: 'unchecked' });
}

/** These are rare and have parts that are checked nowhere else; document operations check what they use where they use it. */
function isCatalogueOperation({ type }: Operation): boolean {
  return (
    type !== 'insert' && type !== 'replace' && type !== 'update' && type !== 'delete' && type !== 'transaction' && type !== 'bulk'
  );
}

function applyOperation(context: BlockContext, { id, operation, derived }: Command): OperationDone {
  switch (operation.type) {
    case 'createCollection':
      return createCollection(context, operation);
    case 'alterCollection':
      return alterCollection(context, operation);
    case 'dropCollection':
      return dropCollection(context, operation);
    case 'createIndex':
      return createIndex(context, operation);
    case 'alterIndex':
      return alterIndex(context, operation);
    case 'dropIndex':
      return dropIndex(context, operation);
    case 'buildIndex':
      return buildIndex(context, operation);
    case 'expire':
      return expire(context, operation);
    case 'setPrincipal':
      return setPrincipal(context, operation);
    case 'removePrincipal':
      return removePrincipal(context, operation);
    case 'transaction':
      return transaction(context, operation, applyDocumentOperation);
    case 'insert':
      return insert(context, operation, derived?.documents);
    case 'bulk':
      return bulk(context, id, operation, applyDocumentOperation);
    default:
      return applyDocumentOperation(context, operation);
  }
}

function applyDocumentOperation(context: BlockContext, operation: DocumentOperation): OperationDone {
  assertCombination(operation);
  switch (operation.type) {
    case 'insert':
      return insert(context, operation);
    case 'replace':
      return replace(context, operation);
    case 'update':
      return update(context, operation);
    case 'delete':
      return deleteDocuments(context, operation);
  }
}

/** Fields that only make sense for one document are refused beside `multi`, and `afterRow` without it. */
function assertCombination(operation: DocumentOperation): void {
  if (operation.type !== 'update' && operation.type !== 'delete') return;
  const single = ['ifVersion', 'sort', 'returning'] as const;
  const wrong = operation.multi === true ? single.find((field) => operation[field] !== undefined) : undefined;
  if (wrong !== undefined)
    throw new AerolithError('invalid_command', `"${wrong}" is for one document; it cannot stand beside "multi".`);
  if (operation.multi !== true && operation.afterRow !== undefined) {
    throw new AerolithError('invalid_command', '"afterRow" continues an operation with "multi"; it cannot stand without it.');
  }
}
