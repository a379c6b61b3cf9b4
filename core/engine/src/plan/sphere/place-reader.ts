import { type Document, parseValue } from '@aerolithdb/protocol';
import type { Path } from '@aerolithdb/query';
import type { Connection, Statement } from '@aerolithdb/storage';

/** Reads of a document the one top-level field that a path begins with. */
export class PlaceReader {
  readonly #field: string;
  readonly #statement: Statement<string | null>;

  constructor(connection: Connection, documents: number, path: Path) {
    this.#field = path[0]!;
    const member = `$.${JSON.stringify(this.#field)}`;
    const literal = `'${member.replaceAll("'", "''")}'`;
    this.#statement = connection.prepare<string | null>(
      `SELECT doc -> ${literal} FROM documents_${documents} WHERE rid = ?`,
      'pluck',
    );
  }

  /** The document of a row, with that field alone. */
  document(rid: number): Document {
    const text = this.#statement.get(rid);
    return text === undefined || text === null ? new Map() : new Map([[this.#field, parseValue(text)]]);
  }
}
