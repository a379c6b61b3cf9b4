import {
  type FindRequest,
  type Head,
  type LinesRequest,
  type ReadAnswer,
  type ReadRequest,
  type StoredText,
  storedToRelaxed,
} from '@aerolithdb/protocol';
import { openReader, type ReaderConnection, type Statement, type StorageOptions } from '@aerolithdb/storage';
import { type Catalogue, catalogueRevision, readCatalogue } from '../catalogue.ts';
import { expiredRows } from '../index-kinds/ordered/expired-rows.ts';
import { BlockCache, readHead } from '../ledger/read-block.ts';
import { mappingStorageErrors, withoutStorageError } from '../storage-fault.ts';
import { aggregate } from './aggregate/aggregate.ts';
import { block } from './block.ts';
import { type CatalogueView, viewCatalogue } from './catalogue-view.ts';
import { changes } from './changes.ts';
import { count } from './count.ts';
import { distinct } from './distinct.ts';
import { find, findAtOnce } from './find.ts';
import { type FoundLines, findLines } from './find-lines.ts';
import { get, idKeyOf } from './get.ts';
import { history } from './history.ts';
import { collectionNamed, type ReadContext } from './read-context.ts';
import type { ReadFacts, ReadTrace } from './read-trace.ts';

/** `bytes`: UTF-8 relaxed Extended JSON. */
export type RawDocument = { readonly version: number; readonly text: string };

type RawRow = [version: number, text: string];

/**
 * Answers reads out of the data file. Each read sees one committed state. Belongs to one thread; any number of readers work
 * beside one writer.
 *
 * @example
 * const reader = Reader.open('./aerolith-data');
 * reader.read({ kind: 'find', collection: 'cities', filter: '{"pop":{"$gt":1000000}}', limit: 20 }).text;
 */
export class Reader {
  readonly #connection: ReaderConnection;
  readonly #blocks: BlockCache;
  #catalogue: Catalogue;
  /** By the name of the collection, for the catalogue in `#catalogue`. */
  #rawStatements = new Map<string, Statement<RawRow>>();
  #view: { readonly dataVersion: number; readonly view: CatalogueView } | undefined;

  private constructor(connection: ReaderConnection) {
    this.#connection = connection;
    this.#blocks = new BlockCache(connection);
    this.#catalogue = readCatalogue(connection);
  }

  /** Opens the data of a folder. Throws `data_foreign`, `data_newer`, `data_in_use`, `storage_corrupt`, `storage_failed`. */
  static open(folder: string, options: StorageOptions = {}): Reader {
    return mappingStorageErrors(folder, () => {
      const connection = openReader(folder, options);
      try {
        return new Reader(connection);
      } catch (error) {
        connection.close();
        throw error;
      }
    });
  }

  /** Throws the errors of the functions that answer (`find`, `get` …), and `storage_corrupt`, `storage_failed`. */
  read(request: ReadRequest): ReadAnswer {
    return mappingStorageErrors(this.#connection.file, () => this.#connection.snapshot(() => answer(this.#context(), request)));
  }

  /**
   * As `read`, followed by `trace`. `facts` gives what the read did, when `isWanted` says of its trace that it is worth it. Throws as `read`
   * does.
   */
  readTraced(
    request: ReadRequest,
    trace: ReadTrace,
    isWanted: (trace: ReadTrace) => boolean,
  ): { readonly answer: ReadAnswer; readonly facts: ReadFacts | undefined } {
    return mappingStorageErrors(this.#connection.file, () =>
      this.#connection.snapshot(() => {
        const context = { ...this.#context(), trace };
        const given = answer(context, request);
        return { answer: given, facts: isWanted(trace) ? trace.facts(context, request, given) : undefined };
      }),
    );
  }

  /**
   * As `read`, for a find that visits only a few rows by their keys, so short that it may run between two requests of a server;
   * undefined for any other. Throws as `read` does.
   */
  readAtOnce(request: FindRequest): ReadAnswer | undefined {
    return mappingStorageErrors(this.#connection.file, () =>
      this.#connection.snapshot(() => findAtOnce(this.#context(), request)),
    );
  }

  /**
   * Gives all that a find selects to `take`, as NDJSON in pieces out of one state, which is kept until `take` returns: the write-ahead
   * log cannot start anew meanwhile. Throws as `read` does, also out of the pieces.
   */
  lines<T>(request: LinesRequest, take: (found: FoundLines) => T): T {
    return mappingStorageErrors(this.#connection.file, () =>
      this.#connection.snapshot(() => take(findLines(this.#context(), request))),
    );
  }

  /** The newest version of a document as text; undefined when there is none. Throws `unknown_collection`, `invalid_id`. */
  getRaw(collection: string, id: StoredText): RawDocument | undefined {
    const key = idKeyOf(id);
    let row: RawRow | undefined;
    try {
      row = (this.#rawStatements.get(collection) ?? this.#rawStatement(collection)).get(key);
    } catch (error) {
      if (!isSchemaError(error)) throw withoutStorageError(error, this.#connection.file);
      // The collection was dropped since its statement was made; there may be a new one of that name.
      this.#refresh();
      row = this.#rawStatement(collection).get(key);
    }
    return row === undefined ? undefined : { version: row[0], text: storedToRelaxed(row[1]) };
  }

  /** Whether a document has expired at a time, in milliseconds since 1970, by an index that may be gone. */
  hasExpired(collection: string, index: string, time: number): boolean {
    return mappingStorageErrors(this.#connection.file, () =>
      this.#connection.snapshot(() => {
        this.#refresh();
        const found = this.#catalogue.collections.get(collection)?.indexes.find(({ name }) => name === index);
        return found !== undefined && expiredRows(this.#connection, found, time, 1).length > 0;
      }),
    );
  }

  /** Keeps the state that the next read sees, for all reads until `release`. Must be short: the write-ahead log cannot start anew. */
  hold(): void {
    mappingStorageErrors(this.#connection.file, () => this.#connection.hold());
  }

  release(): void {
    mappingStorageErrors(this.#connection.file, () => this.#connection.release());
  }

  /** The last committed block. */
  head(): Head {
    return mappingStorageErrors(this.#connection.file, () => readHead(this.#connection));
  }

  /** All collections with their options, counts and indexes, and all principals. The same object until something is committed. */
  catalogue(): CatalogueView {
    return mappingStorageErrors(this.#connection.file, () =>
      this.#connection.snapshot(() => {
        const dataVersion = this.#connection.prepare<number>('PRAGMA data_version', 'pluck').get() ?? 0;
        if (this.#view?.dataVersion === dataVersion) return this.#view.view;
        this.#refresh();
        const view = viewCatalogue(this.#connection, this.#catalogue);
        this.#view = { dataVersion, view };
        return view;
      }),
    );
  }

  close(): void {
    this.#connection.close();
  }

  #context(): ReadContext {
    const height = this.#connection.prepare<number | null>('SELECT max(height) FROM blocks', 'pluck').get() ?? 0;
    this.#refresh();
    return { connection: this.#connection, catalogue: this.#catalogue, blocks: this.#blocks, height };
  }

  #refresh(): void {
    if (catalogueRevision(this.#connection) === this.#catalogue.revision) return;
    this.#catalogue = readCatalogue(this.#connection);
    this.#rawStatements = new Map();
  }

  #rawStatement(collection: string): Statement<RawRow> {
    if (!this.#catalogue.collections.has(collection)) this.#refresh();
    const { table } = collectionNamed(this.#catalogue, collection);
    const sql = `SELECT version, json(doc) FROM documents_${table} WHERE id = ?`;
    const statement = this.#connection.prepare<RawRow>(sql, 'raw');
    this.#rawStatements.set(collection, statement);
    return statement;
  }
}

function answer(context: ReadContext, request: ReadRequest): ReadAnswer {
  switch (request.kind) {
    case 'get':
      return get(context, request);
    case 'find':
      return find(context, request);
    case 'count':
      return count(context, request);
    case 'distinct':
      return distinct(context, request);
    case 'aggregate':
      return aggregate(context, request);
    case 'history':
      return history(context, request);
    case 'changes':
      return changes(context, request);
    case 'block':
      return block(context, request);
  }
}

function isSchemaError(error: unknown): boolean {
  return error instanceof Error && /^no such table: documents_/.test(error.message);
}
