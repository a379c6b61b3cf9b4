import { Nearest, type Scorer } from '@aerolithdb/query';
import type { Connection } from '@aerolithdb/storage';
import type { CollectionRecord, IndexRecord } from '../catalogue.ts';
import { type Fragment, raw, sql, TRUE } from '../plan/sql-fragment.ts';
import { execute } from '../plan/walk.ts';
import { vectorIn } from './vector-table.ts';

type Row = readonly [rid: number, vector: Buffer];

/** Takes vectors by their slots or rows, compares them as they are, and keeps the best whose documents pass a filter. */
export class VectorRows {
  readonly #connection: Connection;
  readonly #table: string;
  readonly #documents: string;
  readonly #score: Scorer;
  readonly #nearest: Nearest<number>;
  #compared = 0;

  constructor(connection: Connection, collection: CollectionRecord, index: IndexRecord, score: Scorer, most: number) {
    this.#connection = connection;
    this.#table = `index_${index.table}`;
    this.#documents = `documents_${collection.table}`;
    this.#score = score;
    this.#nearest = new Nearest<number>(most);
  }

  /** Vectors that were compared. */
  get compared(): number {
    return this.#compared;
  }

  /** Rows of the nearest with their scores, the nearest first; equal ones in the order of rows. */
  nearest(): { readonly rid: number; readonly score: number }[] {
    return this.#nearest.sorted().map(({ item, score }) => ({ rid: item, score }));
  }

  /** Those of the slots that are still there and whose documents pass. Returns how many there are. */
  takeSlots(slots: readonly number[], where: Fragment): number {
    const documents =
      where === TRUE ? TRUE : sql`EXISTS (SELECT 1 FROM ${raw(this.#documents)} d WHERE d.rid = v.rid AND ${where})`;
    return this.#take(sql`v.slot = c.value`, slots, documents);
  }

  takeRids(rids: readonly number[]): number {
    return this.#take(sql`v.rid = c.value`, rids, TRUE);
  }

  #take(by: Fragment, numbers: readonly number[], where: Fragment): number {
    const list = { sql: '?', parameters: [JSON.stringify(numbers)] };
    const statement = sql`SELECT v.rid, v.vector FROM json_each(${list}) c CROSS JOIN ${raw(this.#table)} v ON ${by} WHERE ${where}`;
    let taken = 0;
    for (const [rid, bytes] of execute<Row>(this.#connection, statement)) {
      this.#nearest.add(rid, this.#score(vectorIn(bytes)), rid);
      taken += 1;
    }
    this.#compared += taken;
    return taken;
  }
}
