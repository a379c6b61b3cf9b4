import type { OrderedLog } from '@aerolithdb/log';
import type { Command, DeleteOperation, OperationResult, UpdateOperation } from '@aerolithdb/protocol';
import { continuationId } from './command-id.ts';
import type { Executed } from './executed.ts';
import { carriedOut } from './outcome-result.ts';

/** Submits a command, and goes on in further commands while its result names a `next` row. */
export async function submitUntilDone(log: OrderedLog, command: Command): Promise<Executed> {
  const { receipt, result, repeated } = carriedOut(await log.submit(command));
  const { operation } = command;
  if (result.next !== undefined && (operation.type === 'update' || operation.type === 'delete')) {
    return goOn(log, command, operation, { receipt, result });
  }
  return repeated === true ? { receipt, result, repeated } : { receipt, result };
}

/** Each step is a command of its own: it is atomic, the whole is not, and other writes may come in between. */
async function goOn(
  log: OrderedLog,
  command: Command,
  operation: UpdateOperation | DeleteOperation,
  first: Executed,
): Promise<Executed> {
  let done = first;
  const rest = withoutUpsert(operation);
  for (let n = 1; done.result.next !== undefined; n += 1) {
    const id = continuationId(command.id, n);
    const step = carriedOut(await log.submit({ id, actor: command.actor, operation: { ...rest, afterRow: done.result.next } }));
    done = { receipt: { ...step.receipt, commandId: command.id }, result: sum(done.result, step.result) };
  }
  return done;
}

function withoutUpsert(operation: UpdateOperation | DeleteOperation): UpdateOperation | DeleteOperation {
  if (operation.type === 'delete') return operation;
  const { upsert: _upsert, upsertId: _upsertId, ...rest } = operation;
  return rest;
}

function sum(a: OperationResult, b: OperationResult): OperationResult {
  const { next: _next, ...before } = a;
  return {
    ...before,
    ...total('matched', a, b),
    ...total('modified', a, b),
    ...total('deleted', a, b),
    ...(b.next !== undefined && { next: b.next }),
  };
}

function total(name: 'matched' | 'modified' | 'deleted', a: OperationResult, b: OperationResult) {
  return a[name] === undefined && b[name] === undefined ? {} : { [name]: (a[name] ?? 0) + (b[name] ?? 0) };
}
