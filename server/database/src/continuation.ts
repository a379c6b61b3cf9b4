import type { DeleteOperation, OperationResult, UpdateOperation } from '@aerolithdb/protocol';

/** The command that goes on with a large update or delete after the row `next` of its last result. */
export function continuation(operation: UpdateOperation | DeleteOperation, next: number): UpdateOperation | DeleteOperation {
  if (operation.type === 'delete') return { ...operation, afterRow: next };
  const { upsert: _upsert, upsertId: _upsertId, ...rest } = operation;
  return { ...rest, afterRow: next };
}

/** What a large update or delete has done so far, with what its next command did. */
export function sumOfSteps(before: OperationResult, step: OperationResult): OperationResult {
  const { next: _next, ...kept } = before;
  return {
    ...kept,
    ...total('matched', before, step),
    ...total('modified', before, step),
    ...total('deleted', before, step),
    ...(step.next !== undefined && { next: step.next }),
  };
}

function total(name: 'matched' | 'modified' | 'deleted', a: OperationResult, b: OperationResult) {
  return a[name] === undefined && b[name] === undefined ? {} : { [name]: (a[name] ?? 0) + (b[name] ?? 0) };
}
