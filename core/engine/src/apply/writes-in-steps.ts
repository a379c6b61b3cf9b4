import type { Operation } from '@aerolithdb/protocol';

/** Whether a refusal may come after the first write, so that a savepoint must undo it. */
export function writesInSteps(operation: Operation): boolean {
  switch (operation.type) {
    case 'insert':
      return operation.documents.length > 1;
    case 'update':
    case 'delete':
      return operation.multi === true;
    case 'transaction':
    case 'bulk':
    case 'createIndex':
    case 'buildIndex':
    case 'expire':
      return true;
    default:
      return false;
  }
}
