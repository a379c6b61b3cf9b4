import { AerolithError } from '@aerolithdb/protocol';
import { assertKnownNames } from './known-names.ts';

/** What each write of a bulk takes. */
const TAKES: Readonly<Record<string, readonly string[]>> = {
  insertOne: ['document'],
  replaceOne: ['filter', 'replacement', 'upsert', 'ifVersion'],
  updateOne: ['filter', 'update', 'sort', 'ifVersion', 'arrayFilters', 'upsert'],
  updateMany: ['filter', 'update', 'arrayFilters', 'upsert'],
  deleteOne: ['filter', 'sort', 'ifVersion'],
  deleteMany: ['filter'],
};

/** Throws `invalid_command` when the writes of a bulk are no array, or one of them is not made of one name with what it takes. */
export function assertBulkShape(writes: unknown): void {
  if (!Array.isArray(writes)) throw new AerolithError('invalid_command', 'A bulk is an array of writes.', {});
  for (const [index, write] of writes.entries()) assertWriteShape(write, index);
}

function assertWriteShape(write: unknown, index: number): void {
  const [[name, content] = [], ...more] = isObject(write) ? Object.entries(write) : [];
  const takes = name === undefined || !Object.hasOwn(TAKES, name) ? undefined : TAKES[name];
  if (takes === undefined || more.length > 0 || !isObject(content)) {
    const message = `Write ${index} of the bulk: It must be an object with one of ${Object.keys(TAKES).join(', ')}, which holds an object.`;
    throw new AerolithError('invalid_command', message, { write: index });
  }
  assertKnownNames(content, takes, `Write ${index} of the bulk: ${name}`, 'invalid_command');
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
