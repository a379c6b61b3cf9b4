import { type AerolithDatabase, AerolithError } from '@aerolithdb/client';
import { hasCode } from './bookkeeping.ts';
import type { CatalogueCall } from './call.ts';
import { schemaKey } from './expected-catalogue.ts';

/**
 * Carries out one change of the catalogue. `again`: it was begun before and may have been applied; then finding it applied is success.
 * Throws the codes of the server.
 */
export async function changeCatalogue(database: AerolithDatabase, call: CatalogueCall, again: boolean): Promise<void> {
  const { collection } = call;
  switch (call.kind) {
    case 'createCollection':
      return createCollection(database, call, again);
    case 'alterCollection':
      await database.alterCollection(collection, { schema: call.schema });
      return;
    case 'dropCollection':
      return unless(again ? 'unknown_collection' : undefined, () => database.dropCollection(collection));
    case 'createIndex': {
      const options = { name: call.name, unique: call.unique };
      await database.collection(collection).createIndex(Object.fromEntries(call.keys), options);
      return;
    }
    default:
      return unless(again ? 'unknown_index' : undefined, () => database.collection(collection).dropIndex(call.name));
  }
}

async function createCollection(
  database: AerolithDatabase,
  { collection, schema, ifMissing = false }: Extract<CatalogueCall, { kind: 'createCollection' }>,
  again: boolean,
): Promise<void> {
  try {
    await database.createCollection(collection, { schema });
  } catch (error) {
    if (!hasCode(error, 'collection_exists') || !(ifMissing || again)) throw error;
    const { options } = await database.collection(collection).describe();
    if (schemaKey(options.schema) === schemaKey(schema)) return;
    const sentence = `There is a collection named "${collection}" already, with another schema. Put that one into the migration, or change it there.`;
    throw new AerolithError('collection_exists', sentence, { collection });
  }
}

async function unless(code: string | undefined, work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (code === undefined || !hasCode(error, code)) throw error;
  }
}
