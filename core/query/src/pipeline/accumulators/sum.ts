import { Decimal128, Double, double, isInt32, type Value } from '@aerolithdb/protocol';
import { add as addNumbers } from '../../arithmetic.ts';
import { divideDecimals } from '../../decimal-division.ts';
import type { NumberValue } from '../../update.ts';

/** What some numbers sum up to: the whole ones, and the doubles. */
export type SumPart = {
  readonly whole: bigint;
  /** Whether one of the whole numbers was an int64. */
  readonly hasLong: boolean;
  readonly double: number;
  /** How many were doubles. */
  readonly doubles: number;
  /** How many there were of all kinds. */
  readonly count: number;
};

/**
 * A sum of numbers of all kinds; other values are left out. Whole numbers are summed exactly, doubles with the error of each
 * addition carried along (Neumaier, "Rundungsfehleranalyse einiger Verfahren zur Summation endlicher Summen", 1974), decimals as
 * decimals. The sum has the widest type it met: int32, int64, double, decimal. Whole numbers beyond int64 become a double.
 */
export class Sum {
  /** Whole numbers while they are safe, and what went beyond. */
  #small = 0;
  #large = 0n;
  #double = 0;
  #carry = 0;
  #decimal: Decimal128 | undefined;
  #hasDouble = false;
  #hasLong = false;
  #count = 0;

  /** Numbers that were added. */
  get count(): number {
    return this.#count;
  }

  add(value: Value | undefined): void {
    if (typeof value === 'number') {
      if (isInt32(value)) this.#addInteger(value);
      else this.#addDouble(value);
    } else if (typeof value === 'bigint') {
      this.#large += value;
      this.#hasLong = true;
    } else if (value instanceof Double) this.#addDouble(value.value);
    else if (value instanceof Decimal128) this.#decimal = addNumbers(this.#decimal ?? 0, value) as Decimal128;
    else return;
    this.#count++;
  }

  /** As if the numbers of a part had been added one by one. */
  addPart({ whole, hasLong, double: part, doubles, count }: SumPart): void {
    this.#large += whole;
    this.#hasLong ||= hasLong;
    if (doubles > 0) this.#addDouble(part);
    this.#count += count;
  }

  total(): NumberValue {
    if (this.#decimal !== undefined) return this.#decimalTotal(this.#decimal);
    if (this.#hasDouble) return double(this.#doubleTotal());
    const whole = this.#large + BigInt(this.#small);
    if (BigInt.asIntN(64, whole) !== whole) return double(Number(whole));
    const small = Number(whole);
    return this.#hasLong || !isInt32(small) ? whole : small;
  }

  /** Undefined when no number was added. */
  average(): NumberValue | undefined {
    if (this.#count === 0) return undefined;
    if (this.#decimal !== undefined) return divideDecimals(this.total() as Decimal128, new Decimal128(String(this.#count)));
    return double((this.#hasDouble ? this.#doubleTotal() : Number(this.#large + BigInt(this.#small))) / this.#count);
  }

  #addInteger(value: number): void {
    this.#small += value;
    if (Number.isSafeInteger(this.#small)) return;
    this.#large += BigInt(this.#small - value) + BigInt(value);
    this.#small = 0;
  }

  #addDouble(value: number): void {
    this.#hasDouble = true;
    const sum = this.#double + value;
    if (Number.isFinite(sum))
      this.#carry += Math.abs(this.#double) >= Math.abs(value) ? this.#double - sum + value : value - sum + this.#double;
    this.#double = sum;
  }

  #doubleTotal(): number {
    const whole = Number(this.#large + BigInt(this.#small));
    return this.#double + (this.#carry + whole);
  }

  #decimalTotal(decimal: Decimal128): NumberValue {
    const whole = addNumbers(decimal, this.#large + BigInt(this.#small));
    return this.#hasDouble ? addNumbers(whole, double(this.#double + this.#carry)) : whole;
  }
}
