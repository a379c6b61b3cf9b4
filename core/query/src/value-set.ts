import { DateTime, Decimal128, Double, equalValues, ObjectId, type Value } from '@aerolithdb/protocol';

/** Values to look another value up in, by MongoDB's equality (numbers of all kinds by value, null also for missing). */
export class ValueSet {
  readonly #strings = new Set<string>();
  readonly #numbers = new Set<number>();
  readonly #objectIds = new Set<string>();
  readonly #dates = new Set<number>();
  readonly #others: Value[] = [];
  #null = false;

  constructor(values: Iterable<Value>) {
    for (const value of values) this.add(value);
  }

  has(value: Value | undefined): boolean {
    if (typeof value === 'string') return this.#strings.has(value);
    if (typeof value === 'number') return this.#numbers.has(value) || this.#hasOther(value);
    if (value === null || value === undefined) return this.#null;
    if (value instanceof ObjectId) return this.#objectIds.has(value.hex);
    if (value instanceof DateTime) return this.#dates.has(value.ms);
    if (value instanceof Double) return this.#numbers.has(value.value) || this.#hasOther(value);
    if (typeof value === 'bigint' && isSafe(value)) return this.#numbers.has(Number(value)) || this.#hasOther(value);
    if (value instanceof Decimal128) return this.#hasDecimal(value);
    return this.#hasOther(value);
  }

  add(value: Value): void {
    if (typeof value === 'string') this.#strings.add(value);
    else if (typeof value === 'number') this.#numbers.add(value);
    else if (value === null) this.#null = true;
    else if (value instanceof ObjectId) this.#objectIds.add(value.hex);
    else if (value instanceof DateTime) this.#dates.add(value.ms);
    else if (value instanceof Double) this.#numbers.add(value.value);
    else if (typeof value === 'bigint' && isSafe(value)) this.#numbers.add(Number(value));
    else this.#others.push(value);
  }

  #hasOther(value: Value): boolean {
    for (const other of this.#others) if (equalValues(other, value)) return true;
    return false;
  }

  #hasDecimal(value: Decimal128): boolean {
    if (this.#hasOther(value)) return true;
    for (const number of this.#numbers) if (equalValues(number, value)) return true;
    return false;
  }
}

/** Integers that a double holds exactly, so that looking one up as a number is exact too. */
function isSafe(value: bigint): boolean {
  return value >= -9007199254740991n && value <= 9007199254740991n;
}
