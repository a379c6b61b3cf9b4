import type { ObjectId } from '@aerolithdb/protocol';

/** A document of which nothing is known. */
export type AnyDocument = { [name: string]: unknown };

/**
 * Values that have no fields to name. The classes `ObjectId`, `Decimal128`, `Timestamp` and `Binary` are not among them: to the compiler
 * a document such as `{ text: string }` is a `Decimal128`, and its fields must keep their paths.
 */
export type Leaf =
  | string
  | number
  | bigint
  | boolean
  | null
  | undefined
  | Date
  | RegExp
  | Uint8Array
  | ReadonlyMap<string, unknown>;

/** Distributes over unions, which `keyof` does not. */
export type KeysOf<T> = T extends unknown ? keyof T : never;

/** A document as it is read: with its `_id`, which is an object id when the type does not say. */
export type Stored<T> = '_id' extends KeysOf<T> ? T : T & { _id: ObjectId };

/** A document as it is written: `_id` may be left out, and is then made. */
export type Insertable<T> = string extends keyof T
  ? T
  : T extends { _id: infer Id }
    ? Omit<T, '_id'> & { _id?: Id }
    : T & { _id?: ObjectId };

/** The type of a document's `_id`. */
export type IdOf<T> = Stored<T> extends { _id?: infer Id } ? Exclude<Id, undefined> : unknown;
