import type { Box } from '@aerolithdb/query';
import type { Connection } from '@aerolithdb/storage';

/** An entry of an index of places: the box around a part of a document's place, in 32-bit floats, and the entry's id. */
export type SphereEntry = readonly [...Box, id: number];

const MEETS = 'min_x <= ? AND max_x >= ? AND min_y <= ? AND max_y >= ? AND min_z <= ? AND max_z >= ?';

/** The tables of one index of places, for reading. */
export class SphereEntries {
  readonly #connection: Connection;
  readonly #table: number;

  constructor(connection: Connection, table: number) {
    this.#connection = connection;
    this.#table = table;
  }

  /** Entries whose box meets the given one, in no order. */
  meeting(box: Box): SphereEntry[] {
    const sql = `SELECT min_x, max_x, min_y, max_y, min_z, max_z, id FROM index_${this.#table} WHERE ${MEETS}`;
    return this.#connection.prepare<SphereEntry>(sql, 'raw').all(...sides(box));
  }

  /** How many there are, counted no further than `most`. */
  countMeeting(box: Box, most: number): number {
    // A bound LIMIT would be planned anew at each execution.
    const sql = `SELECT count(*) FROM (SELECT 1 FROM index_${this.#table} WHERE ${MEETS} LIMIT ${most})`;
    return this.#connection.prepare<number>(sql, 'pluck').get(...sides(box)) ?? 0;
  }

  /** The row that an entry belongs to. */
  rowOf(id: number): number {
    if (id > 0) return id;
    const rid = this.#connection.prepare<number>(`SELECT rid FROM index_${this.#table}_parts WHERE id = ?`, 'pluck').get(id);
    if (rid === undefined) throw new Error(`The entry ${id} of index_${this.#table} belongs to no row.`);
    return rid;
  }
}

/** Each side of the box as the condition on the opposite side of an entry. */
function sides([minX, maxX, minY, maxY, minZ, maxZ]: Box): number[] {
  return [maxX, minX, maxY, minY, maxZ, minZ];
}
