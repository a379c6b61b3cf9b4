import { AerolithError, type Document, type IndexSpec, LIMITS } from '@aerolithdb/protocol';
import { vectorOf } from '@aerolithdb/query';
import { vectorBytes, vectorShape, vectorTable } from '../../vector/vector-table.ts';
import type { IndexKind } from '../index-kind.ts';
import { VectorWriter } from './vector-writer.ts';

/** The vectors of one path, as they are. The graph over them follows the commit (`core/engine/src/vector`). */
export const vectorIndex: IndexKind = {
  options: ['dimensions', 'similarity', 'hidden'],
  assertSpec,
  tables: ({ table }) => vectorTable(table),
  drop: ({ table }) => `DROP TABLE index_${table}`,
  open: (connection, record) => new VectorWriter(connection, record),
  rowIds: ({ table }) => `SELECT rid FROM index_${table}`,
  coversAll: () => false,
  holds(connection, record, rid, document: Document) {
    const sql = `SELECT vector FROM index_${record.table} WHERE rid = ?`;
    const held = connection.prepare<Buffer>(sql, 'pluck').get(rid);
    const vector = vectorOf(document, vectorShape(record));
    return vector === undefined ? held === undefined : held?.equals(vectorBytes(vector)) === true;
  },
  backup: 'rebuilt',
};

function assertSpec({ keys, dimensions }: IndexSpec): void {
  if (keys.length > 1) throw invalidIndex('A vector index is on one field; a $vectorSearch filters by any others.');
  const [path] = keys[0]!;
  if (path.split('.').includes('$**')) throw invalidIndex(`A vector index is on one field, not on "${path}".`);
  if (dimensions === undefined)
    throw invalidIndex('A vector index needs "dimensions", how many numbers each of its vectors has.');
  if (dimensions >= 1 && dimensions <= LIMITS.vectorDimensions) return;
  throw invalidIndex(`"dimensions" of a vector index is from 1 to ${LIMITS.vectorDimensions}; this is ${dimensions}.`);
}

function invalidIndex(message: string): AerolithError {
  return new AerolithError('invalid_index', message);
}
