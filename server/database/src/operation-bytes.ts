import type { Operation } from '@aerolithdb/protocol';

/** Bytes of the texts of an operation, which is what `LIMITS.commandBytes` bounds. */
export function operationBytes(operation: Operation): number {
  switch (operation.type) {
    case 'transaction':
    case 'bulk':
      return operation.operations.reduce((sum, part) => sum + operationBytes(part), 0);
    case 'insert':
      return operation.documents.reduce((sum, document) => sum + Buffer.byteLength(document), 0);
    case 'replace':
      return Buffer.byteLength(operation.document) + operation.id.length;
    case 'update':
      return Buffer.byteLength(operation.filter) + Buffer.byteLength(operation.update) + (operation.arrayFilters?.length ?? 0);
    case 'delete':
      return Buffer.byteLength(operation.filter);
    default:
      return 0;
  }
}
