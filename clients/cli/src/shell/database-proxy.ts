import type { AerolithDatabase, Collection } from '@aerolithdb/client';

/** A database whose collections are also its properties: `db.cities`. What it has itself goes first. */
export type ShellDatabase = AerolithDatabase & { readonly [collection: string]: Collection };

/** `db.collection('name')` reaches collections with the name of a method, or with signs in it. */
export function shellDatabase(database: AerolithDatabase): ShellDatabase {
  const proxy = new Proxy(database, {
    get(target, name) {
      if (typeof name === 'symbol' || name in target) return member(target, name);
      // A promise is known by its `then`: awaiting db must not look like waiting.
      return name === 'then' ? undefined : target.collection(name);
    },
    has: (target, name) => typeof name === 'string' || name in target,
  });
  // The proxy answers for every name; TypeScript cannot know.
  return proxy as ShellDatabase;
}

/** Methods work on the database itself, since a proxy has no private fields. */
function member(target: AerolithDatabase, name: string | symbol): unknown {
  const value: unknown = Reflect.get(target, name, target);
  return typeof value === 'function' && name !== 'constructor' ? value.bind(target) : value;
}
