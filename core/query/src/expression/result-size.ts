import { type Document, isDocument, LIMITS, type Value } from '@aerolithdb/protocol';
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

  /** `depth`: how many arrays and objects the value stands in. Throws `invalid_expression` when the result would be over a limit. */
  add(value: Value | undefined, depth = 1): void {
    this.#values += 1;
    if (typeof value === 'string') this.#characters += value.length;
    else if (Array.isArray(value)) this.#addAll(value, depth);
    else if (isDocument(value)) this.#addAll(value.values(), depth);
    checkLength(this.#values, this.#name);
    checkTextLength(this.#characters, this.#name);
  }

  #addAll(values: Iterable<Value>, depth: number): void {
    if (depth >= LIMITS.depth) throw tooLarge(this.#name, LIMITS.depth, 'levels of arrays and objects');
    for (const value of values) this.add(value, depth + 1);
  }
}

/** The array itself. Throws `invalid_expression` when it is over the limits of a result. */
export function checkArray(array: Value[], name: string): Value[] {
  const size = new ResultSize(name);
  for (const element of array) size.add(element);
  return array;
}

/** The object itself. Throws `invalid_expression` when it is over the limits of a result. */
export function checkObject(object: Document, name: string): Document {
  const size = new ResultSize(name);
  for (const value of object.values()) size.add(value);
  return object;
}
