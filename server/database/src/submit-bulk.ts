import type { OrderedLog } from '@aerolithdb/log';
import {
  type BulkOperation,
  type Command,
  type DocumentOperation,
  LIMITS,
  type Outcome,
  type Receipt,
  validateCommand,
} from '@aerolithdb/protocol';
import { continuationId } from './command-id.ts';
import { continuation, sumOfSteps } from './continuation.ts';
import type { Executed } from './executed.ts';
import { operationBytes } from './operation-bytes.ts';
import { carriedOut } from './outcome-result.ts';

export type BulkCommand = Command & { readonly operation: BulkOperation };

/**
 * Carries out a bulk of any size, in as few commands as its operations and what they change allow, one after the other; mostly one.
 * Which commands these are follows from the bulk and their outcomes, so that a bulk sent again with its id is answered.
 */
export async function submitBulk(log: OrderedLog, command: BulkCommand): Promise<Executed> {
  const { operations, ...how } = command.operation;
  const progress = new BulkProgress(operations, how.ordered !== false);
  let receipt: Receipt | undefined;
  for (let n = 0; receipt === undefined || progress.rest.length > 0; n += 1) {
    const id = n === 0 ? command.id : continuationId(command.id, n);
    const step = { ...command, id, operation: { ...how, operations: firstThatFit(progress.rest) } };
    validateCommand(step, { texts: 'unchecked' });
    const done = carriedOut(await log.submit(step));
    progress.add(done.result.outcomes ?? []);
    receipt = { ...done.receipt, commandId: command.id };
  }
  return { receipt, result: { outcomes: progress.outcomes } };
}

/** What is done of a bulk, and what is left to do. */
class BulkProgress {
  readonly outcomes: Outcome[] = [];
  rest: readonly DocumentOperation[];
  readonly #ordered: boolean;
  /** The first of the rest goes on with the operation of the last outcome. */
  #goesOn = false;

  constructor(operations: readonly DocumentOperation[], ordered: boolean) {
    this.rest = operations;
    this.#ordered = ordered;
  }

  /** Takes in what came of the first operations of the rest. */
  add(outcomes: readonly Outcome[]): void {
    for (const outcome of outcomes) this.#addOne(outcome);
    const last = outcomes.at(-1);
    const operation = this.rest[outcomes.length - 1];
    this.rest = this.rest.slice(outcomes.length);
    if (last === undefined || (!last.ok && this.#ordered)) this.rest = [];
    else if (last.ok && last.result.next !== undefined && (operation?.type === 'update' || operation?.type === 'delete')) {
      this.rest = [continuation(operation, last.result.next), ...this.rest];
      this.#goesOn = true;
    }
  }

  #addOne(outcome: Outcome): void {
    const before = this.#goesOn ? this.outcomes.pop() : undefined;
    this.#goesOn = false;
    const sums = before?.ok === true && outcome.ok;
    this.outcomes.push(sums ? { ...outcome, result: sumOfSteps(before.result, outcome.result) } : outcome);
  }
}

/** The operations from the first on that one command may hold. */
function firstThatFit(operations: readonly DocumentOperation[]): readonly DocumentOperation[] {
  let bytes = 0;
  const end = operations.findIndex((operation, index) => {
    bytes += operationBytes(operation);
    return index > 0 && (index === LIMITS.batchDocuments || bytes > LIMITS.commandBytes);
  });
  return end === -1 ? operations : operations.slice(0, end);
}
