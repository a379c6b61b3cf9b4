import type { AnyDocument, CollectionInfo } from '@aerolithdb/client';
import { canonicalForm, fromPlain, type IndexSpec, parseValue } from '@aerolithdb/protocol';
import { BOOKKEEPING, type Run } from './bookkeeping.ts';
import { type Call, callOf } from './call.ts';

/** Equal exactly when two indexes are; the name is beside it. */
type IndexKey = string;

export type Collections = ReadonlyMap<string, { readonly schema: string; readonly indexes: ReadonlyMap<string, IndexKey> }>;

type Making = Map<string, { schema: string; indexes: Map<string, IndexKey> }>;

/** Equal exactly when two schemas are. A schema comes as the text of the server or as a migration has it. */
export function schemaKey(schema: string | AnyDocument | null | undefined): string {
  if (schema === null || schema === undefined) return '';
  return canonicalForm(typeof schema === 'string' ? parseValue(schema) : fromPlain(schema));
}

/** The collections as the runs of the ledger left them. What stood there before the first one is in none. */
export function expectedCollections(runs: readonly Run[]): Collections {
  const made: Making = new Map();
  for (const call of runs.flatMap((run) => run.calls.map(callOf))) apply(made, call);
  return made;
}

/** The collections as they are, without our own. */
export function actualCollections(infos: readonly CollectionInfo[]): Collections {
  const others = infos.filter(({ name }) => name !== BOOKKEEPING);
  return new Map(
    others.map(({ name, options, indexes }) => {
      const keys = indexes.map((index) => [index.name, indexKey(index.keys, index.unique)] as const);
      return [name, { schema: schemaKey(options.schema), indexes: new Map(keys) }];
    }),
  );
}

function apply(made: Making, call: Call): void {
  const entry = made.get(call.collection);
  switch (call.kind) {
    case 'createCollection':
      if (entry === undefined) made.set(call.collection, { schema: schemaKey(call.schema), indexes: new Map() });
      return;
    case 'alterCollection':
      if (entry !== undefined) entry.schema = schemaKey(call.schema);
      return;
    case 'dropCollection':
      made.delete(call.collection);
      return;
    case 'createIndex':
      entry?.indexes.set(call.name, indexKey(call.keys, call.unique));
      return;
    case 'dropIndex':
      entry?.indexes.delete(call.name);
      return;
    default:
  }
}

function indexKey(keys: IndexSpec['keys'], unique = false): IndexKey {
  const fields = keys.map(([path, direction]) => `${path}: ${direction}`).join(', ');
  return `{${fields}}${unique ? ' unique' : ''}`;
}
