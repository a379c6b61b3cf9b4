import { AerolithError, type Hash, type Head } from '@aerolithdb/protocol';
import { type Connection, FORMAT_VERSION } from '@aerolithdb/storage';
import { readCatalogue, readCounters } from '../catalogue.ts';
import { readHead } from '../ledger/read-block.ts';
import { withoutStorageError } from '../storage-fault.ts';
import { type About, encodeMessage } from './about.ts';
import { type BackupTable, BLOCKS, collectionTables, SMALL_TABLES } from './backup-tables.ts';
import { encodeStart, PART_BYTES, type PartKind, PartSealer } from './part.ts';
import { RowWriter } from './row-codec.ts';

export type BackupOptions = {
  /** The blocks after this height alone. Absent: the whole state and all blocks. */
  readonly since?: number;
  /** Milliseconds since 1970. */
  readonly takenAt: number;
  readonly program: string;
};

const ZERO_HASH = '0'.repeat(64);

/**
 * Writes one backup of what a connection sees, part by part. `beginning()` gives the head and the state and must be exhausted within
 * one snapshot; `blocks()` gives what never changes, each part by a read of its own, and ends the backup.
 */
export class BackupWriter {
  readonly about: About;
  readonly #connection: Connection;
  readonly #sealer = new PartSealer();
  #bytes = 0;
  #documents = 0;
  #blocks = 0;

  /** Call it in the snapshot in which `beginning()` will be exhausted. Throws `invalid_position` for a height that is ahead of the log. */
  constructor(connection: Connection, options: BackupOptions) {
    this.#connection = connection;
    this.about = aboutOf(connection, options);
  }

  /** Throws `storage_corrupt`, `storage_failed`. */
  beginning(): Generator<Buffer> {
    return mapped(this.#connection.file, this.#beginning());
  }

  /** Throws `storage_corrupt`, `storage_failed`. */
  blocks(): Generator<Buffer> {
    return mapped(this.#connection.file, this.#blocksAndEnd());
  }

  *#beginning(): Generator<Buffer> {
    yield this.#count(Buffer.concat([encodeStart(), this.#sealer.seal('about', 0, 0, encodeMessage(this.about))]));
    if (this.about.since !== undefined) return;
    for (const table of [...SMALL_TABLES, ...collectionTables(readCatalogue(this.#connection))]) yield* this.#table(table);
  }

  *#blocksAndEnd(): Generator<Buffer> {
    const select = `SELECT ${BLOCKS.columns.join(', ')} FROM blocks WHERE height > ? AND height <= ? ORDER BY height`;
    const rows = this.#connection.prepare<unknown[]>(select, 'raw');
    const { since, head } = this.about;
    const writer = new RowWriter(BLOCKS.types, PART_BYTES);
    let height = since?.height ?? 0;
    while (height < head.height) {
      for (const row of rows.iterate(height, head.height)) {
        writer.add(row);
        if (row[0] !== ++height) throw missingBlock(height);
        if (writer.length >= PART_BYTES) break;
      }
      if (writer.rows === 0) throw missingBlock(height + 1);
      this.#blocks += writer.rows;
      yield this.#seal(BLOCKS, writer);
    }
    yield this.#end();
  }

  *#table(table: BackupTable): Generator<Buffer> {
    const { name, columns, key, types } = table;
    const rows = this.#connection.prepare<unknown[]>(
      `SELECT ${columns.join(', ')} FROM ${name} ORDER BY ${key.join(', ')}`,
      'raw',
    );
    const writer = new RowWriter(types, PART_BYTES);
    for (const row of rows.iterate()) {
      writer.add(row);
      if (writer.length < PART_BYTES) continue;
      if (table.kind === 'documents') this.#documents += writer.rows;
      yield this.#seal(table, writer);
    }
    if (table.kind === 'documents') this.#documents += writer.rows;
    if (writer.rows > 0) yield this.#seal(table, writer);
  }

  #seal({ kind, table }: { readonly kind: PartKind; readonly table: number }, writer: RowWriter): Buffer {
    const { rows } = writer;
    return this.#count(this.#sealer.seal(kind, table, rows, writer.take()));
  }

  #end(): Buffer {
    const totals = { parts: this.#sealer.count + 1, bytes: this.#bytes, documents: this.#documents, blocks: this.#blocks };
    return this.#count(this.#sealer.seal('end', 0, 0, encodeMessage(totals)));
  }

  #count(part: Buffer): Buffer {
    this.#bytes += part.length;
    return part;
  }
}

function aboutOf(connection: Connection, { since, takenAt, program }: BackupOptions): About {
  const head = readHead(connection);
  const shared = { storage: FORMAT_VERSION, program, takenAt, head };
  const catalogue = readCatalogue(connection);
  const tables = [...catalogue.collections.values()].map(({ table }) => table);
  const collections = tables.length;
  if (since !== undefined) return { ...shared, since: pointAt(connection, since, head), collections, documents: 0 };
  const documents = tables.reduce((sum, table) => sum + readCounters(connection, table).documents, 0);
  return { ...shared, collections, documents };
}

function pointAt(connection: Connection, height: number, head: Head): { readonly height: number; readonly hash: Hash } {
  if (height === 0) return { height, hash: ZERO_HASH };
  const hash = connection.prepare<Buffer>('SELECT hash FROM blocks WHERE height = ?', 'pluck').get(height);
  if (hash !== undefined) return { height, hash: hash.toString('hex') };
  const message = `There is no block at height ${height}: the log is at ${head.height}. The backup before this one is of another database, or of a later state of this one.`;
  throw new AerolithError('invalid_position', message, { height, head: head.height });
}

function missingBlock(height: number): AerolithError {
  const message = `The ledger does not hold block ${height}. Restore the data folder from an earlier backup.`;
  return new AerolithError('storage_corrupt', message, { height });
}

function* mapped(file: string, parts: Generator<Buffer>): Generator<Buffer> {
  try {
    yield* parts;
  } catch (error) {
    throw withoutStorageError(error, file);
  }
}
