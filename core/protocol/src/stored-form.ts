import type { StoredText } from './command.ts';
import type { Value } from './value.ts';
import { doubleText, type JsonForm, specialDoubleText, writeJson } from './write-json.ts';

/**
 * The stored form: JSON text in which what is compared is plain, and from which every type reads back exactly.
 *
 * Invariants:
 * 1. int32 `5`; int64 outside the int32 range `5000000000`, inside it `{"$numberLong":"5"}`.
 * 2. A double has a fraction or an exponent: `1.0`, `1e+21`. NaN, ±Infinity and -0 are `{"$numberDouble":"…"}`.
 * 3. A date is `{"$date":<milliseconds>}`.
 * 4. Every other type is its Extended JSON wrapper. No white space; fields in their order; strings escaped as RFC 8785 does.
 * 5. One value has one text: `toStored(parseValue(t)) === t` for every text `t` that `toStored` made.
 */
export const STORED_FORMAT = 1;

export const STORED_FORM: JsonForm = {
  int32: String,
  int64: (value) => (value >= -0x8000_0000n && value <= 0x7fff_ffffn ? `{"$numberLong":"${value}"}` : String(value)),
  double(value) {
    const special = specialDoubleText(value);
    return special === undefined ? doubleText(value) : `{"$numberDouble":"${special}"}`;
  },
  date: (ms) => `{"$date":${ms}}`,
};

/**
 * The stored text of a value. Throws `invalid_value` for a bigint beyond 64 bits.
 *
 * @example
 * toStored([1, new Double(1), 5n, new DateTime(0)]); // '[1,1.0,{"$numberLong":"5"},{"$date":0}]'
 */
export function toStored(value: Value): StoredText {
  return writeJson(value, STORED_FORM);
}
