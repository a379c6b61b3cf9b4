import { AerolithError, type IndexSpec } from '@aerolithdb/protocol';
import type { IndexKind } from '../index-kind.ts';
import { heldBoxes, partsOf } from './sphere-parts.ts';
import { SphereWriter } from './sphere-writer.ts';

/**
 * Places on the sphere, `2dsphere`, in SQLite's R*Tree of boxes in space around them (see `Box` of the query package). Invariants:
 * 1. `index_<table>` has one entry for each part of each geometry of a document: a point, a line or a polygon.
 * 2. The only part of a document is under its row id. Of several, each is under a negative id, whose row id is in `index_<table>_parts`.
 * 3. Coordinates are 32-bit floats: SQLite rounds them outwards, so an entry holds its part.
 * 4. A document without a place has no entry; one whose place is malformed is refused.
 */
export const sphereIndex: IndexKind = {
  options: ['hidden'],
  assertSpec,
  tables: ({ table }) => `CREATE VIRTUAL TABLE index_${table} USING rtree(id, min_x, max_x, min_y, max_y, min_z, max_z);
    CREATE TABLE index_${table}_parts(id INTEGER PRIMARY KEY, rid INTEGER NOT NULL);
    CREATE INDEX index_${table}_parts_rid ON index_${table}_parts(rid)`,
  drop: ({ table }) => `DROP TABLE index_${table}; DROP TABLE index_${table}_parts`,
  open: (connection, record) => new SphereWriter(connection, record),
  rowIds: ({ table }) =>
    `SELECT CASE WHEN i.id > 0 THEN i.id ELSE p.rid END AS rid FROM index_${table} i LEFT JOIN index_${table}_parts p ON p.id = i.id`,
  coversAll: () => false,
  holds: (connection, record, rid, document) => heldBoxes(connection, record.table, rid) === partsOf(record, document).length,
  backup: 'rebuilt',
};

function assertSpec({ keys }: IndexSpec): void {
  if (keys.length === 1) return;
  const others = keys.filter(([, kind]) => kind !== '2dsphere').map(([path]) => `"${path}"`);
  const advice = others.length === 0 ? 'Make one index for each.' : `Make another index on ${others.join(', ')}.`;
  throw new AerolithError('invalid_index', `A 2dsphere index has one field. ${advice}`, { fields: keys.map(([path]) => path) });
}
