import { DateTime, Decimal128, Double, encodeKey, equalValues, ObjectId, toHex, type Value } from '@aerolithdb/protocol';

/**
 * Values to look another value up in, by MongoDB's equality (numbers of all kinds by value, null also for missing), in a time
 * that does not grow with their number.
 */
export class ValueSet {
  readonly #strings = new Set<string>();
  /** Numbers of any kind that a double holds exactly. */
  readonly #numbers = new Set<number>();
  readonly #objectIds = new Set<string>();
  readonly #dates = new Set<number>();
  /** All else, by the bytes of its key: equal values have equal keys. */
  readonly #keys = new Set<string>();
  #null = false;

  constructor(values: Iterable<Value>) {
    for (const value of values) this.add(value);
  }

  has(value: Value | undefined): boolean {
    if (typeof value === 'string') return this.#strings.has(value);
    if (typeof value === 'number') return this.#numbers.has(value);
    if (value === null || value === undefined) return this.#null;
    if (value instanceof ObjectId) return this.#objectIds.has(value.hex);
    if (value instanceof DateTime) return this.#dates.has(value.ms);
    const number = exactNumber(value);
    if (number !== undefined) return this.#numbers.has(number);
    return this.#keys.size > 0 && this.#keys.has(toHex(encodeKey(value)));
  }

  add(value: Value): void {
    const number = typeof value === 'number' ? value : exactNumber(value);
    if (number !== undefined) this.#numbers.add(number);
    else if (typeof value === 'string') this.#strings.add(value);
    else if (value === null) this.#null = true;
    else if (value instanceof ObjectId) this.#objectIds.add(value.hex);
    else if (value instanceof DateTime) this.#dates.add(value.ms);
    else this.#keys.add(toHex(encodeKey(value)));
  }
}

/** The double that equals the number exactly, or undefined when there is none or the value is no number. */
export function exactNumber(value: Value): number | undefined {
  if (value instanceof Double) return value.value;
  if (typeof value === 'bigint') return BigInt(Number(value)) === value ? Number(value) : undefined;
  if (!(value instanceof Decimal128)) return undefined;
  const near = Number(value.text);
  return equalValues(near, value) ? near : undefined;
}
