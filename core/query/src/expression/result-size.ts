import { isDocument, type Value } from '@aerolithdb/protocol';
import { QUERY_LIMITS } from '../limits.ts';
import { tooLarge } from './expression-error.ts';

/** Throws `invalid_expression` when an array of so many elements is over the limit. */
export function checkLength(length: number, name: string): void {
  if (length > QUERY_LIMITS.expressionElements) throw tooLarge(name, QUERY_LIMITS.expressionElements, 'elements');
}

/** The text itself. Throws `invalid_expression` when it is longer than the limit. */
export function checkText(text: string, name: string): string {
  checkTextLength(text.length, name);
  return text;
}

export function checkTextLength(length: number, name: string): void {
  if (length > QUERY_LIMITS.expressionText) throw tooLarge(name, QUERY_LIMITS.expressionText, 'characters of text');
}

/**
 * Counts what goes into one result: values, also those inside of others, and characters of text. A value that stands in several
 * places counts in each, so that what is small in memory by sharing cannot become large when it is written.
 */
export class ResultSize {
  readonly #name: string;
  #values = 0;
  #characters = 0;

  constructor(name: string) {
    this.#name = name;
  }

  /** Throws `invalid_expression` when the result would be over a limit. */
  add(value: Value | undefined): void {
    this.#values += 1;
    if (typeof value === 'string') this.#characters += value.length;
    else if (Array.isArray(value)) for (const element of value) this.add(element);
    else if (isDocument(value)) for (const inner of value.values()) this.add(inner);
    checkLength(this.#values, this.#name);
    checkTextLength(this.#characters, this.#name);
  }
}

/** The array itself. Throws `invalid_expression` when it is over the limits of a result. */
export function checkArray(array: Value[], name: string): Value[] {
  const size = new ResultSize(name);
  for (const element of array) size.add(element);
  return array;
}
