import { AerolithClient, AerolithDatabase, type Collection } from '@aerolithdb/client';

/** Methods that code has no use for here. */
const LEFT_OUT: ReadonlySet<string> = new Set(['constructor', 'toString', 'checked', 'close', 'then']);

let known:
  | { readonly database: readonly string[]; readonly collection: readonly string[]; readonly cursor: readonly string[] }
  | undefined;

export function databaseMethods(): readonly string[] {
  return learned().database;
}

export function collectionMethods(): readonly string[] {
  return learned().collection;
}

export function cursorMethods(): readonly string[] {
  return learned().cursor;
}

/** The methods as the client has them: one that it gets is completed from then on. */
function learned() {
  if (known !== undefined) return known;
  const collection: Collection = new AerolithClient('http://127.0.0.1').collection('any');
  known = {
    database: methodsOf(AerolithDatabase.prototype),
    collection: methodsOf(collection),
    cursor: methodsOf(collection.find()),
  };
  return known;
}

/** Names of the methods of an object or a prototype, without those of `Object`. */
function methodsOf(value: object): readonly string[] {
  const prototype: object = Object.hasOwn(value, 'constructor') ? value : Object.getPrototypeOf(value);
  const names = Object.getOwnPropertyNames(prototype).filter((name) => !LEFT_OUT.has(name));
  return names.sort();
}
