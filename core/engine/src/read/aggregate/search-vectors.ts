import {
  AerolithError,
  type Document,
  double,
  parseDocument,
  suggestNearest,
  type VectorSearchPlace,
} from '@aerolithdb/protocol';
import { searchVectors, type VectorSearchStage, withMetadata } from '@aerolithdb/query';
import type { CollectionRecord, IndexRecord } from '../../catalogue.ts';
import { kindNameOf } from '../../index-kinds/kind-of.ts';
import { usableIndexes } from '../../plan/asked.ts';
import { isPlainPath, jsonPath } from '../../plan/json-path.ts';
import { nearestVectors } from '../../vector/nearest-vectors.ts';
import { vectorShape } from '../../vector/vector-table.ts';
import { pastDocuments } from '../past-documents.ts';
import type { ReadContext } from '../read-context.ts';

/** What the index finds, each document with its score, and how it was found. Throws `unknown_index`, `invalid_vector`. */
export function presentNearest(
  context: ReadContext,
  collection: CollectionRecord,
  stage: VectorSearchStage,
): { readonly documents: Iterable<Document>; readonly way: VectorSearchPlace } {
  const index = vectorIndexOf(collection, stage);
  const { rows, ...way } = nearestVectors(context, collection, index, stage);
  const text = context.connection.prepare<string>(
    `SELECT json(${bodyOf(stage)}) FROM documents_${collection.table} d WHERE d.rid = ?`,
    'pluck',
  );
  const documents = function* () {
    for (const { rid, score } of rows)
      yield withMetadata(parseDocument(text.get(rid) ?? '{}'), { vectorSearchScore: double(score) });
  };
  return { documents: documents(), way };
}

/** In a past state there is no index: every document's vector is compared. Throws `unknown_index`, `invalid_vector`. */
export function pastNearest(
  context: ReadContext,
  collection: CollectionRecord,
  height: number,
  stage: VectorSearchStage,
  level: number,
): Document[] {
  const shape = vectorShape(vectorIndexOf(collection, stage));
  const documents = function* () {
    for (const { text } of pastDocuments(context, collection, height, level)) yield parseDocument(text);
  };
  return searchVectors(documents(), stage, shape);
}

/** A long vector that nobody looks at takes longer to parse than all else. */
function bodyOf({ path, isVectorNeeded }: VectorSearchStage): string {
  const [field] = path as [string];
  return isVectorNeeded || !isPlainPath([field]) ? 'd.doc' : `jsonb_remove(d.doc, ${jsonPath([field]).sql})`;
}

function vectorIndexOf(collection: CollectionRecord, stage: VectorSearchStage): IndexRecord {
  const { name } = collection;
  const path = stage.path.join('.');
  const vectors = usableIndexes(collection).filter((index) => kindNameOf(index) === 'vector');
  const onPath = vectors.filter((index) => index.keys[0]![0] === path);
  const wanted = stage.index === undefined ? onPath : onPath.filter((index) => index.name === stage.index);
  if (wanted.length === 1) return wanted[0]!;
  if (wanted.length > 1) throw unknownIndex(name, `has several vector indexes on "${path}": name one as "index".`, path);
  const nearest = suggestNearest(
    stage.index ?? path,
    vectors.map((index) => (stage.index === undefined ? index.keys[0]![0] : index.name)),
  );
  const what = stage.index === undefined ? '' : ` named "${stage.index}"`;
  const hint = nearest === undefined ? 'Make one first.' : `Did you mean "${nearest}"?`;
  throw unknownIndex(name, `has no vector index on "${path}"${what}. ${hint}`, path);
}

function unknownIndex(collection: string, what: string, path: string): AerolithError {
  return new AerolithError('unknown_index', `"${collection}" ${what}`, { collection, path });
}
