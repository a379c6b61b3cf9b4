import { type Document, encodeKey, parseDocument, type Value } from '@aerolithdb/protocol';
import { inFilter, matches, type Path } from '@aerolithdb/query';
import type { Connection } from '@aerolithdb/storage';
import type { CollectionRecord, IndexRecord } from '../../catalogue.ts';
import { conditionOf } from '../../index-kinds/index-condition.ts';
import { kindNameOf } from '../../index-kinds/kind-of.ts';
import { usableIndexes } from '../../plan/asked.ts';
import { withPrefix } from '../../plan/key-interval.ts';

type Row = readonly [rid: number, text: string];

/** Finds the documents with one of some values at a path by an index whose first key it is, or by the `_id`: one statement, never planned anew. */
export class KeyProbe {
  readonly #connection: Connection;
  readonly #path: Path;
  readonly #sql: string;
  readonly #direction: 1 | -1;

  private constructor(connection: Connection, path: Path, sql: string, direction: 1 | -1) {
    this.#connection = connection;
    this.#path = path;
    this.#sql = sql;
    this.#direction = direction;
  }

  /** Undefined when no index begins with the path. */
  static for(connection: Connection, collection: CollectionRecord, path: Path): KeyProbe | undefined {
    const { table } = collection;
    const name = path.join('.');
    if (name === '_id') {
      const sql = `SELECT d.rid, json(d.doc) FROM documents_${table} d WHERE d.id >= ? AND d.id < ? ORDER BY d.id`;
      return new KeyProbe(connection, path, sql, 1);
    }
    const index = shortest(usableIndexes(collection).filter((each) => holdsAllInOrder(each) && each.keys[0]?.[0] === name));
    if (index === undefined) return undefined;
    const sql = `SELECT d.rid, json(d.doc) FROM index_${index.table} i CROSS JOIN documents_${table} d ON d.rid = i.rid
      WHERE i.key >= ? AND i.key < ? ORDER BY i.key, i.rid`;
    return new KeyProbe(connection, path, sql, index.keys[0]![1] === -1 ? -1 : 1);
  }

  /** Each document once, by the order of the values. No value may be an array: an index holds its elements. */
  *find(values: readonly Value[]): Generator<Document> {
    const statement = this.#connection.prepare<Row>(this.#sql, 'raw');
    const filter = inFilter(this.#path, values);
    const seen = new Set<number>();
    for (const value of values) {
      const { low, high } = withPrefix(encodeKey(value, this.#direction));
      for (const [rid, text] of statement.all(low, high)) {
        if (seen.has(rid)) continue;
        seen.add(rid);
        const document = parseDocument(text);
        if (matches(filter, document)) yield document;
      }
    }
  }
}

function shortest(indexes: readonly IndexRecord[]): IndexRecord | undefined {
  return indexes.reduce<IndexRecord | undefined>(
    (best, index) => (best === undefined || index.keys.length < best.keys.length ? index : best),
    undefined,
  );
}

function holdsAllInOrder(index: IndexRecord): boolean {
  return kindNameOf(index) === 'ordered' && conditionOf(index) === undefined;
}
