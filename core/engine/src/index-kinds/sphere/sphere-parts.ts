import { AerolithError, type Document, LIMITS } from '@aerolithdb/protocol';
import { type Box, boxesOf, GeometryFault, parsePath, placesAt } from '@aerolithdb/query';
import type { Connection } from '@aerolithdb/storage';
import type { IndexRecord } from '../../catalogue.ts';

/** A box around each part of each place of the document. Throws `invalid_geometry`, and `index_key_too_large` for too many parts. */
export function partsOf(record: IndexRecord, document: Document): readonly Box[] {
  const [path] = record.keys[0]!;
  const places = placesAt(document, parsePath(path, 'invalid_index'));
  if (places instanceof GeometryFault) {
    const message = `"${path}" is no place that the index "${record.name}" can hold. ${places.sentence}`;
    throw new AerolithError('invalid_geometry', message, { index: record.name, field: path });
  }
  const boxes = places.flatMap(boxesOf);
  if (boxes.length <= LIMITS.indexEntriesPerDocument) return boxes;
  const message = `A document has ${boxes.length} points, lines and polygons for the index "${record.name}"; the limit is ${LIMITS.indexEntriesPerDocument}.`;
  throw new AerolithError('index_key_too_large', message, { index: record.name, entries: boxes.length });
}

/** How many entries the row has. */
export function heldBoxes(connection: Connection, table: number, rid: number): number {
  const sql = `SELECT (SELECT count(*) FROM index_${table} WHERE id = ?)
    + (SELECT count(*) FROM index_${table}_parts p JOIN index_${table} i ON i.id = p.id WHERE p.rid = ?)`;
  return connection.prepare<number>(sql, 'pluck').get(rid, rid) ?? 0;
}
