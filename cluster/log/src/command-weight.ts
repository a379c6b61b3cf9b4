import { type Command, type DocumentOperation, LIMITS, type Operation } from '@aerolithdb/protocol';

/** What a command may add to a block, estimated from above for changes and roughly for bytes. */
export type CommandWeight = { readonly changes: number; readonly bytes: number };

/** Bytes of the fields around the texts of a command. */
const FRAME_BYTES = 128;

/** Weighs a command without parsing any text of it. Bytes are UTF-16 units, which is exact for ASCII. */
export function weigh(command: Command): CommandWeight {
  return { changes: changesOf(command.operation), bytes: FRAME_BYTES + bytesOf(command.operation) };
}

function changesOf(operation: Operation): number {
  switch (operation.type) {
    case 'insert':
      return operation.documents.length;
    case 'update':
    case 'delete':
      return operation.multi === true ? LIMITS.changesPerCommand : 1;
    case 'transaction':
    case 'bulk': {
      let changes = 0;
      for (const part of operation.operations) changes += changesOf(part);
      return Math.min(changes, LIMITS.changesPerCommand);
    }
    default:
      return 1;
  }
}

function bytesOf(operation: Operation): number {
  switch (operation.type) {
    case 'transaction':
      return (operation.reads?.length ?? 0) * FRAME_BYTES + bytesOfParts(operation.operations);
    case 'bulk':
      return bytesOfParts(operation.operations);
    case 'insert':
    case 'replace':
    case 'update':
    case 'delete':
      return bytesOfDocuments(operation);
    case 'createCollection':
    case 'alterCollection':
      return operation.options.schema?.length ?? 0;
    default:
      return FRAME_BYTES;
  }
}

function bytesOfParts(parts: readonly DocumentOperation[]): number {
  let bytes = 0;
  for (const part of parts) bytes += FRAME_BYTES + bytesOfDocuments(part);
  return bytes;
}

function bytesOfDocuments(operation: DocumentOperation): number {
  switch (operation.type) {
    case 'insert': {
      let bytes = 0;
      for (const document of operation.documents) bytes += document.length + 4;
      return bytes;
    }
    case 'replace':
      return operation.id.length + operation.document.length;
    case 'update':
      return operation.filter.length + operation.update.length + (operation.arrayFilters?.length ?? 0);
    case 'delete':
      return operation.filter.length;
  }
}
