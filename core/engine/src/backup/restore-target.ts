import { hash as digest } from 'node:crypto';
import { AerolithError, type Head } from '@aerolithdb/protocol';
import {
  type Bound,
  documentsTable,
  historyTable,
  openBuilder,
  type StorageOptions,
  type WriterConnection,
} from '@aerolithdb/storage';
import { readCatalogue } from '../catalogue.ts';
import { Engine } from '../engine.ts';
import { buildEntries } from '../index-kinds/build-entries.ts';
import { kindOf } from '../index-kinds/kind-of.ts';
import { builtRows, hasTables } from '../index-kinds/open-index.ts';
import { BlockBody } from '../ledger/block-body.ts';
import { decodeHeader } from '../ledger/decode-header.ts';
import { restoreCommand } from '../ledger/kept-command.ts';
import { readHead } from '../ledger/read-block.ts';
import { type CatalogueView, viewCatalogue } from '../read/catalogue-view.ts';
import { mappingStorageErrors, withoutStorageError } from '../storage-fault.ts';
import type { Part } from './backup-reader.ts';
import { type BackupTable, BLOCKS, backupTable } from './backup-tables.ts';
import type { Until } from './plan-restore.ts';
import { readRows } from './row-codec.ts';

/** A block as a backup holds it. */
type BlockRow = {
  /** As `BLOCKS` lists its columns. */
  readonly row: readonly Bound[];
  readonly height: number;
  readonly time: number;
  readonly hash: Buffer;
  readonly header: Buffer;
  readonly body: Buffer;
};

/**
 * A new data file that backups are put into. Each block is held against its hash and against the block before it; a block that is
 * applied must come to the hash that it had.
 */
export class RestoreTarget {
  readonly #connection: WriterConnection;
  #engine: Engine | undefined;
  #head: Head;
  #hasTables = false;
  #isRebuilt = false;

  private constructor(connection: WriterConnection) {
    this.#connection = connection;
    this.#head = readHead(connection);
  }

  /** Throws `data_foreign` when there is a data file already, `storage_full`, `storage_failed`. */
  static open(folder: string, options: StorageOptions = {}): RestoreTarget {
    return mappingStorageErrors(folder, () => new RestoreTarget(openBuilder(folder, options)));
  }

  /** The last block that was taken. */
  get head(): Head {
    return this.#head;
  }

  /** Takes the rows of a part as they stand. Throws `backup_damaged`, `storage_full`, `storage_failed`. */
  load(part: Part, name: string): void {
    const { kind, table } = part.head;
    const found = backupTable(kind, table);
    if (found === undefined) return;
    this.#inPart(part, name, () => {
      if (kind !== 'small') this.#makeTables();
      this.#connection.begin();
      if (kind === 'blocks') this.#loadBlocks(part, name);
      else insertRows(this.#connection, found, part.raw);
      this.#connection.commit();
    });
  }

  /**
   * Applies the blocks of a part, up to `until`. False when that is reached: nothing that follows is wanted.
   * Throws as `load`, and `backup_mismatch` when a block gives another hash than it had.
   */
  replay(part: Part, name: string, until: Until): boolean {
    return this.#inPart(part, name, () => {
      const engine = this.#engineOver();
      for (const row of blocksOf(part.raw)) {
        if (isAfter(row, until)) return false;
        this.#head = this.#apply(engine, row, name);
      }
      return true;
    });
  }

  /** What the state holds now. */
  catalogue(): CatalogueView {
    return viewCatalogue(this.#connection, readCatalogue(this.#connection));
  }

  /** Makes the file durable and closes it. Throws `storage_full`, `storage_failed`. */
  async finish(): Promise<void> {
    const { file } = this.#connection;
    try {
      this.#makeTables();
      this.#rebuild();
      await this.#connection.flush();
    } catch (error) {
      throw withoutStorageError(error, file);
    } finally {
      this.#connection.close();
    }
  }

  /** Lets go of a file that is to be thrown away. */
  abandon(): void {
    this.#connection.close();
  }

  /** Over the state that was loaded, or over an empty file. */
  #engineOver(): Engine {
    this.#makeTables();
    this.#rebuild();
    this.#engine ??= Engine.over(this.#connection);
    return this.#engine;
  }

  #loadBlocks(part: Part, name: string): void {
    const insert = insertStatement(this.#connection, BLOCKS);
    for (const block of blocksOf(part.raw)) {
      this.#head = this.#linked(block, name);
      insert.run(...block.row);
    }
  }

  /** The head that the block makes, when it follows the one before and its header has its hash. Throws `backup_damaged`. */
  #linked({ height, time, hash, header }: BlockRow, name: string): Head {
    const { height: before, hash: link } = this.#head;
    const found = decodeHeader(header);
    const follows = height === before + 1 && found?.height === height && found.time === time && found.previousHash === link;
    if (follows && digest('sha256', header, 'buffer').equals(hash)) return { height, hash: hash.toString('hex'), time };
    const message = `${name} is damaged: block ${height} does not follow block ${before}. Use another copy of it, or another backup.`;
    throw new AerolithError('backup_damaged', message, { file: name, height });
  }

  #apply(engine: Engine, row: BlockRow, name: string): Head {
    const { height, time } = this.#linked(row, name);
    const body = BlockBody.decode(row.body);
    const commands = body.manifest.commands.map((kept) => restoreCommand(kept, (index) => body.frame(index)));
    engine.apply({ height, time, previousHash: this.#head.hash, commands });
    const head = engine.commit();
    const expected = row.hash.toString('hex');
    if (head.hash === expected) return head;
    const message = `Block ${height} of ${name} has the hash ${expected} and gives ${head.hash} when it is applied: it was written by a version whose results were others. Restore without --height and --time, or with that version.`;
    throw new AerolithError('backup_mismatch', message, { file: name, height, expected, found: head.hash });
  }

  /** The tables that the catalogue names, which is complete when the first row of another table comes. */
  #makeTables(): void {
    if (this.#hasTables) return;
    this.#hasTables = true;
    for (const { table, indexes } of readCatalogue(this.#connection).collections.values()) {
      this.#connection.exec(`${documentsTable(table)};${historyTable(table)};`);
      for (const index of indexes.filter(hasTables)) this.#connection.exec(kindOf(index).tables(index));
    }
  }

  /** Makes the entries of those indexes that a backup does not hold, once all documents that it holds are there. */
  #rebuild(): void {
    if (this.#isRebuilt) return;
    this.#isRebuilt = true;
    this.#connection.begin();
    for (const collection of readCatalogue(this.#connection).collections.values()) {
      const absent = collection.indexes.filter((index) => hasTables(index) && kindOf(index).backup === 'rebuilt');
      for (const index of absent) for (const range of builtRows(index)) buildEntries(this.#connection, collection, index, range);
    }
    this.#connection.commit();
  }

  /** What does not fit though its checksum is right was written wrong: it is damage of the backup, not a fault of this program. */
  #inPart<T>({ head, offset }: Part, name: string, work: () => T): T {
    return mappingStorageErrors(this.#connection.file, () => {
      try {
        return work();
      } catch (error) {
        if (!(error instanceof RangeError)) throw error;
        const message = `${name} is damaged: part ${head.number} (at byte ${offset}) cannot be read: ${error.message}`;
        throw new AerolithError('backup_damaged', message, { file: name, part: head.number, offset });
      }
    });
  }
}

function insertStatement(connection: WriterConnection, { name, columns }: BackupTable) {
  return connection.prepare(`INSERT INTO ${name}(${columns.join(', ')}) VALUES(${columns.map(() => '?').join(', ')})`);
}

function insertRows(connection: WriterConnection, table: BackupTable, raw: Buffer): void {
  const insert = insertStatement(connection, table);
  for (const row of readRows(table.types, raw)) insert.run(...row);
}

function* blocksOf(raw: Buffer): Generator<BlockRow> {
  for (const row of readRows(BLOCKS.types, raw)) {
    const [height, time, hash, header, , , body] = row as BlockColumns;
    yield { row, height, time, hash, header, body };
  }
}

/** What the types of `BLOCKS` make. */
type BlockColumns = [height: number, time: number, hash: Buffer, header: Buffer, ids: string, results: string, body: Buffer];

function isAfter({ height, time }: BlockRow, until: Until): boolean {
  if (until === undefined) return false;
  return 'height' in until ? height > until.height : time > until.time;
}
