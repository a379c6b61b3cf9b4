import { type Document, isDocument, type Value } from '@aerolithdb/protocol';
import { QUERY_LIMITS } from '../limits.ts';
import { invalidExpression } from './expression-error.ts';

/**
 * What an evaluation may still cost. A step is a value, or 16 characters of text, that a part of the expression gives; values
 * inside of others count each time. Since operators take time linear in their operands (a sort: times its logarithm), the steps
 * bound the work. What costs more than its operands and result pays for that beforehand. No clock: every machine stops at the same step.
 */
export class Steps {
  readonly #refusal: () => Error;
  #left: number;

  /** `refusal`: what is thrown when no steps are left, `invalid_expression` unless given. */
  constructor(limit: number, refusal: () => Error = tooManySteps) {
    this.#left = limit;
    this.#refusal = refusal;
  }

  /** Throws the refusal when no steps are left. */
  spend(count: number): void {
    this.#left -= count;
    if (!(this.#left >= 0)) throw this.#refusal();
  }

  /** Spends what the value counts. Throws the refusal when no steps are left. */
  spendOn(value: Value | undefined): void {
    this.spend(1);
    if (typeof value === 'string') this.spend(stepsOfText(value.length));
    else if (Array.isArray(value)) for (const element of value) this.spendOn(element);
    else if (isDocument(value)) for (const inner of value.values()) this.spendOn(inner);
  }
}

export function stepsOfText(length: number): number {
  return length >> 4;
}

/**
 * The steps of one `$expr` on one document: `share`, and `expressionStepsPerValue` for each value of the document. They depend on the
 * filter, the document and how many documents there are, so that neither the plan nor the order of documents decides what is refused.
 */
export function stepsFor(document: Document, share: number): Steps {
  return new Steps(share + QUERY_LIMITS.expressionStepsPerValue * sizeOf(document));
}

/** The share of each of `expressions` in a write that may visit so many documents. */
export function shareOfSteps(expressions: number, documents: number): number {
  const { expressionSteps, expressionStepsOfCollection, expressionStepsLeast } = QUERY_LIMITS;
  const each = Math.min(expressionSteps, Math.floor(expressionStepsOfCollection / Math.max(1, documents)));
  return Math.floor(Math.max(expressionStepsLeast, each) / Math.max(1, expressions));
}

/** In steps. */
function sizeOf(value: Value): number {
  let size = 1;
  if (typeof value === 'string') size += stepsOfText(value.length);
  else if (Array.isArray(value)) for (const element of value) size += sizeOf(element);
  else if (isDocument(value)) for (const inner of value.values()) size += sizeOf(inner);
  return size;
}

function tooManySteps(): Error {
  const message =
    'The expression takes too many steps for one document in a write; loop over fewer elements, or find the documents with a query and write to each by its _id.';
  return invalidExpression('$expr', message, { limit: QUERY_LIMITS.expressionSteps });
}
