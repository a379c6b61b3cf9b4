import { CALL_OPTIONS } from './calls.ts';
import { assertKnownNames } from './known-names.ts';

const ONE = ['sort', 'ifVersion'];
const CHANGE = ['arrayFilters', 'upsert'];
const IMAGE = ['returnDocument', 'projection'];

/** The options of each method that writes, beside those of every call. */
const WRITE_OPTIONS = {
  insertOne: [],
  insertMany: [],
  replaceOne: ['upsert', 'ifVersion'],
  updateOne: [...ONE, ...CHANGE],
  updateMany: CHANGE,
  deleteOne: ONE,
  deleteMany: [],
  findOneAndUpdate: [...ONE, ...CHANGE, ...IMAGE],
  findOneAndReplace: ['upsert', 'ifVersion', 'sort', 'returnDocument'],
  findOneAndDelete: [...ONE, 'projection'],
} as const satisfies Record<string, readonly string[]>;

/** Throws `invalid_command` for an option that the method does not take: passed over, it would change what is written. */
export function assertWriteOptions(method: keyof typeof WRITE_OPTIONS, options: object): void {
  assertKnownNames(options, [...WRITE_OPTIONS[method], ...CALL_OPTIONS], method, 'invalid_command');
}
