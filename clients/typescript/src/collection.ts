import { AerolithError, type IndexInfo, type ReadAnswer, type Receipt } from '@aerolithdb/protocol';
import { AggregateCursor, type AggregateOptions, type Pipeline } from './aggregate-cursor.ts';
import { type BulkWrite, type BulkWriteOptions, type BulkWriteResult, bulkWrite } from './bulk-write.ts';
import type { CallOptions } from './calls.ts';
import { type ChangePage, ChangeStream, type ChangesOptions, changePage, type WatchOptions } from './change-stream.ts';
import { type DocumentVersion, versionsOf } from './document-version.ts';
import { FindCursor, type FindOptions, instant } from './find-cursor.ts';
import { firstMatch } from './first-match.ts';
import { type IndexChange, type IndexOptions, indexSpecOf } from './index-spec.ts';
import { INSPECT } from './inspect.ts';
import { type Link, writeThrough } from './link.ts';
import {
  deleteOperation,
  insertOperation,
  type ReplaceOptions,
  replaceOperation,
  type UpdateManyOptions,
  type UpdateOneOptions,
  updateOperation,
  type WriteOneOptions,
} from './operations.ts';
import { replaceMatching } from './replace-matching.ts';
import { checkedBySchema } from './schema-check.ts';
import type { CollectionInfo } from './transport/transport.ts';
import type { AnyDocument, IdOf, Insertable, Stored } from './types/document.ts';
import type { Filter } from './types/filter.ts';
import type { IndexKeys } from './types/index-keys.ts';
import type { At, ReadPath } from './types/path.ts';
import type { KnownPaths, Projected, Projection } from './types/projection.ts';
import type { Sort } from './types/sort.ts';
import type { StandardSchema } from './types/standard-schema.ts';
import type { Update, UpdatePipeline } from './types/update.ts';
import {
  newDocument,
  onlyId,
  plainItems,
  plainOf,
  replacementDocument,
  storedFilter,
  storedObject,
  storedValue,
} from './values.ts';
import { versionOf } from './versions.ts';
import { waitForIndex } from './wait-for-index.ts';
import { assertWriteOptions } from './write-options.ts';
import {
  type DeleteResult,
  deleteResult,
  type InsertManyResult,
  type InsertOneResult,
  imageOf,
  type UpdateResult,
  updateResult,
} from './write-results.ts';

/** A document with the version it had when it was read, to be given as `ifVersion`. */
export type Versioned<R> = { readonly document: R; readonly version: number };

/** Which image of the document comes back; `before` when absent. */
type Image = { readonly returnDocument?: 'before' | 'after' | undefined };

/** Which fields of the document that comes back are shown. */
type ShownBy<T, P> = { readonly projection?: P & KnownPaths<T, P> };

export type FindOneAndUpdateOptions<T> = UpdateOneOptions<T> & CallOptions & Image;

export type FindOneAndReplaceOptions<T> = ReplaceOptions & CallOptions & Image & { readonly sort?: Sort<T> | undefined };

type ReadOptions = CallOptions & { readonly at?: number | Date | undefined };

/**
 * The documents of one name. `T` is their type as they are read, `In` as they are inserted. Every write resolves when it is
 * durable, and is applied once however often it had to be sent. Throws `AerolithError` by code: `unknown_collection`, `forbidden`,
 * `invalid_filter`, `duplicate_id`, `schema_violation`, `timeout`, `unreachable` and others of `docs/reference/errors.md`.
 */
export class Collection<T extends object = AnyDocument, In extends object = Insertable<T>> {
  readonly name: string;
  /** Only in types. */
  declare readonly documentType?: T;
  readonly #link: Link;
  readonly #schema: StandardSchema | undefined;

  constructor(link: Link, name: string, schema?: StandardSchema) {
    this.#link = link;
    this.name = name;
    this.#schema = schema;
  }

  /** The documents that a filter selects; all when it is left out. */
  find<const P extends Projection<T> | undefined = undefined>(
    filter: Filter<T> = {} as Filter<T>,
    options: FindOptions<T> & { readonly projection?: P & KnownPaths<T, P> } = {},
  ): FindCursor<T, Projected<T, P>> {
    return new FindCursor(this.#link, this.name, filter, options);
  }

  /** The first document that a filter selects; null when there is none. */
  findOne<const P extends Projection<T> | undefined = undefined>(
    filter: Filter<T> = {} as Filter<T>,
    options: FindOptions<T> & { readonly projection?: P & KnownPaths<T, P> } = {},
  ): Promise<Projected<T, P> | null> {
    return new FindCursor<T, Projected<T, P>>(this.#link, this.name, filter, options).first();
  }

  /** The document with this `_id`; null when there is none. The fastest read. */
  async get(id: IdOf<T>, options: ReadOptions = {}): Promise<Stored<T> | null> {
    const { text } = await this.#get(id, options);
    return text === undefined ? null : plainOf(text);
  }

  /** As `get`, with the version of the document. */
  async getVersioned(id: IdOf<T>, options: ReadOptions = {}): Promise<Versioned<Stored<T>> | null> {
    const answer = await this.#get(id, options);
    return answer.text === undefined ? null : { document: plainOf(answer.text), version: versionOf(answer) };
  }

  /** As `findOne`, with the version of the document. In two requests, of which the second reads the state of the first. */
  async findOneVersioned(
    filter: Filter<T> = {} as Filter<T>,
    options: CallOptions & { readonly sort?: Sort<T> | undefined } = {},
  ): Promise<Versioned<Stored<T>> | null> {
    const found = await firstMatch(this.#link, this.name, filter, options);
    return found === undefined ? null : { document: plainOf(found.text), version: found.version };
  }

  /** Every version of a document, the newest first, also of a removed one; none when it never was. `limit`: 1,000 when absent. */
  async history(
    id: IdOf<T>,
    { limit, ...limits }: CallOptions & { readonly limit?: number | undefined } = {},
  ): Promise<DocumentVersion<T>[]> {
    const request = {
      kind: 'history',
      collection: this.name,
      id: storedValue(id),
      ...(limit !== undefined && { limit }),
    } as const;
    const { calls, transport } = this.#link;
    try {
      return versionsOf((await calls.run(limits, (ending) => transport.read(request, ending))).text ?? '[]');
    } catch (error) {
      if (error instanceof AerolithError && error.code === 'unknown_document') return [];
      throw error;
    }
  }

  /** How many documents a filter selects. */
  count(filter: Filter<T> = {} as Filter<T>, options: Omit<FindOptions<T>, 'sort'> = {}): Promise<number> {
    return this.find(filter, options).count();
  }

  /** The different values at a path; of an array, those of its elements. */
  async distinct<P extends ReadPath<Stored<T>>>(
    path: P,
    filter: Filter<T> = {} as Filter<T>,
    { at, hint, ...limits }: ReadOptions & { readonly hint?: string | undefined } = {},
  ): Promise<Distinct<At<Stored<T>, P>>[]> {
    const request = {
      kind: 'distinct',
      collection: this.name,
      field: path,
      filter: storedFilter(filter),
      ...(hint !== undefined && { hint }),
      ...(at !== undefined && { at: instant(at) }),
    } as const;
    const { text = '[]' } = await this.#link.calls.run(limits, (ending) => this.#link.transport.read(request, ending));
    return plainItems(text);
  }

  /**
   * The documents that an aggregation pipeline gives. `R` is their type. See `AggregateCursor`.
   *
   * @example
   * const db = new AerolithClient('http://localhost:8080', { token: 'aero_…' });
   * const perCountry = [{ $group: { _id: '$country', cities: { $sum: 1 } } }];
   * const counts = await db.collection('cities').aggregate<{ _id: string; cities: number }>(perCountry).toArray();
   */
  aggregate<R = AnyDocument>(pipeline: Pipeline, options: AggregateOptions = {}): AggregateCursor<R> {
    return new AggregateCursor(this.#link, this.name, pipeline, options);
  }

  /** Inserts one document; `_id` is made when it has none. Throws `duplicate_id`, `duplicate_key_value`, `schema_violation`. */
  async insertOne(document: In, options: CallOptions = {}): Promise<InsertOneResult<T>> {
    const { insertedIds, receipt } = await this.insertMany([document], options);
    return { insertedId: insertedIds[0] as IdOf<T>, receipt };
  }

  /** Inserts up to 1,000 documents, all or none. Throws as `insertOne`, and `batch_too_large`. */
  async insertMany(documents: readonly In[], options: CallOptions = {}): Promise<InsertManyResult<T>> {
    assertWriteOptions('insertMany', options);
    const checked = await Promise.all(documents.map((document) => checkedBySchema(this.#schema, document)));
    const made = checked.map((document) => newDocument(document, () => this.#link.identifiers.objectId()));
    const { receipt } = await writeThrough(
      this.#link,
      insertOperation(
        this.name,
        made.map(({ text }) => text),
      ),
      options,
    );
    return { insertedIds: made.map(({ id }) => id as IdOf<T>), receipt };
  }

  /**
   * Puts a document in the place of the one a filter selects, whose `_id` it takes. By `_id` it is one step; by another filter the
   * document is read first and replaced if it is still the same, else the next try begins. Throws as `insertOne`, `immutable_id`.
   */
  async replaceOne(filter: Filter<T>, document: In, options: ReplaceOptions & CallOptions = {}): Promise<UpdateResult<T>> {
    assertWriteOptions('replaceOne', options);
    const checked = await checkedBySchema(this.#schema, document);
    const id = onlyId(filter);
    if (id === undefined)
      return updateResult(await replaceMatching(this.#link, this.name, { filter, document: checked, options }));
    const operation = replaceOperation(this.name, id, replacementDocument(checked, id), options);
    return updateResult(await writeThrough(this.#link, operation, options));
  }

  /** Changes the first document that a filter selects. Throws `invalid_update`, `version_conflict`, `schema_violation`. */
  async updateOne(
    filter: Filter<T>,
    update: Update<T> | UpdatePipeline,
    options: UpdateOneOptions<T> & CallOptions = {},
  ): Promise<UpdateResult<T>> {
    assertWriteOptions('updateOne', options);
    return updateResult(await writeThrough(this.#link, updateOperation(this.name, filter, update, options), options));
  }

  /** Changes all documents that a filter selects; more than 8,192 in several commands, each of them atomic. Throws as `updateOne`. */
  async updateMany(
    filter: Filter<T>,
    update: Update<T> | UpdatePipeline,
    options: UpdateManyOptions & CallOptions = {},
  ): Promise<UpdateResult<T>> {
    assertWriteOptions('updateMany', options);
    const operation = updateOperation(this.name, filter, update, { ...options, multi: true });
    return updateResult(await writeThrough(this.#link, operation, options));
  }

  /** Removes the first document that a filter selects. Throws `version_conflict`. */
  async deleteOne(filter: Filter<T>, options: WriteOneOptions<T> & CallOptions = {}): Promise<DeleteResult> {
    assertWriteOptions('deleteOne', options);
    return deleteResult(await writeThrough(this.#link, deleteOperation(this.name, filter, options), options));
  }

  /** Removes all documents that a filter selects; more than 8,192 in several commands, each of them atomic. */
  async deleteMany(filter: Filter<T>, options: CallOptions = {}): Promise<DeleteResult> {
    assertWriteOptions('deleteMany', options);
    return deleteResult(await writeThrough(this.#link, deleteOperation(this.name, filter, { multi: true }), options));
  }

  /** Changes one document and gives it back, in one step; null when none matched. Throws as `updateOne`. */
  async findOneAndUpdate<const P extends Projection<T> | undefined = undefined>(
    filter: Filter<T>,
    update: Update<T> | UpdatePipeline,
    options: FindOneAndUpdateOptions<T> & ShownBy<T, P> = {},
  ): Promise<Projected<T, P> | null> {
    assertWriteOptions('findOneAndUpdate', options);
    const { returnDocument = 'before', projection, ...rest } = options;
    const operation = updateOperation(this.name, filter, update, { ...rest, returning: returnDocument });
    return imageOf((await writeThrough(this.#link, shown(operation, projection), options)).result);
  }

  /**
   * Puts a document in the place of the first that a filter selects, and gives that back, or the new one; null when none matched.
   * It is found first and replaced if it is still the same, else the next try begins. Throws as `replaceOne`.
   */
  async findOneAndReplace(filter: Filter<T>, document: In, options: FindOneAndReplaceOptions<T> = {}): Promise<Stored<T> | null> {
    assertWriteOptions('findOneAndReplace', options);
    const checked = await checkedBySchema(this.#schema, document);
    const { before, after } = await replaceMatching(this.#link, this.name, { filter, document: checked, options });
    const text = options.returnDocument === 'after' ? after : before;
    return text === null ? null : plainOf(text);
  }

  /** Removes one document and gives it back, in one step; null when none matched. */
  async findOneAndDelete<const P extends Projection<T> | undefined = undefined>(
    filter: Filter<T>,
    options: WriteOneOptions<T> & CallOptions & ShownBy<T, P> = {},
  ): Promise<Projected<T, P> | null> {
    assertWriteOptions('findOneAndDelete', options);
    const operation = deleteOperation(this.name, filter, { ...options, returning: 'before' });
    return imageOf((await writeThrough(this.#link, shown(operation, options.projection), options)).result);
  }

  /**
   * Many writes (over HTTP up to 10,000) in one request and mostly in one command, in their order, each whole or not at all. The first
   * that is refused ends it; with `ordered: false` all are tried. Throws `BulkWriteError` when one was refused; what the others did stays.
   */
  bulkWrite(writes: readonly BulkWrite<T, In>[], options: BulkWriteOptions = {}): Promise<BulkWriteResult<T>> {
    const checked = (document: In) => checkedBySchema(this.#schema, document);
    return bulkWrite({ link: this.#link, collection: this.name, writes, checked }, options);
  }

  /**
   * Makes an index and gives its name. Over many documents it is built while writes go on; this waits until queries use it, unless
   * `wait` is false. Throws `index_exists`, `invalid_index`, `duplicate_key_value`, `timeout`.
   */
  async createIndex(keys: IndexKeys<T>, options: IndexOptions<T> & { readonly wait?: boolean } = {}): Promise<string> {
    const { signal, timeoutMs, wait = true, ...definition } = options;
    const index = indexSpecOf(keys, definition);
    await writeThrough(this.#link, { type: 'createIndex', collection: this.name, index }, { signal, timeoutMs });
    if (wait) await waitForIndex(this.#link, this.name, index.name, { signal, timeoutMs });
    return index.name;
  }

  /** Hides an index from queries or shows it again, or changes when documents expire. Throws `unknown_index`, `invalid_index`. */
  async alterIndex(name: string, { hidden, expireAfterSeconds, ...options }: IndexChange & CallOptions): Promise<Receipt> {
    const operation = {
      type: 'alterIndex',
      collection: this.name,
      index: name,
      ...(hidden !== undefined && { hidden }),
      ...(expireAfterSeconds !== undefined && { expireAfterSeconds }),
    } as const;
    return (await writeThrough(this.#link, operation, options)).receipt;
  }

  /** Throws `unknown_index`. */
  async dropIndex(name: string, options: CallOptions = {}): Promise<Receipt> {
    return (await writeThrough(this.#link, { type: 'dropIndex', collection: this.name, index: name }, options)).receipt;
  }

  /** All indexes but the one on `_id`, which is always there. */
  async indexes(options: CallOptions = {}): Promise<readonly IndexInfo[]> {
    return (await this.describe(options)).indexes;
  }

  /** The document as the schema of this collection makes it; as it is when there is none. Throws `schema_violation`. */
  checked(document: In): Promise<object> {
    return checkedBySchema(this.#schema, document);
  }

  /** How many documents, which options, which indexes. Throws `unknown_collection`. */
  describe(options: CallOptions = {}): Promise<CollectionInfo> {
    const { calls, transport } = this.#link;
    return calls.run(options, (ending) => transport.collection(this.name, ending));
  }

  /** Removes the collection with its documents and indexes. Throws `unknown_collection`. */
  async drop(options: CallOptions = {}): Promise<Receipt> {
    return (await writeThrough(this.#link, { type: 'dropCollection', collection: this.name }, options)).receipt;
  }

  /** A page of the changes of this collection after a position, the oldest first. `watch` goes on by itself. */
  changes(options: ChangesOptions = {}): Promise<ChangePage<T>> {
    return changePage(this.#link, this.name, options);
  }

  /** The changes of this collection from now on, or from a position. See `ChangeStream`. */
  watch(options: WatchOptions = {}): ChangeStream<T> {
    return new ChangeStream(this.#link, this.name, options);
  }

  toString(): string {
    return `Collection(${this.name} at ${this.#link.transport})`;
  }

  [INSPECT](): string {
    return this.toString();
  }

  async #get(id: IdOf<T>, { at, ...limits }: ReadOptions): Promise<ReadAnswer> {
    const { calls, transport } = this.#link;
    const request = {
      kind: 'get',
      collection: this.name,
      id: storedValue(id),
      ...(at !== undefined && { at: instant(at) }),
    } as const;
    return calls.run(limits, (ending) => transport.read(request, ending));
  }
}

/** The write, with the fields that are shown of the document that comes back. */
function shown<O extends object>(operation: O, projection: object | undefined): O & { readonly projection?: string } {
  return projection === undefined ? operation : { ...operation, projection: storedObject(projection, 'A projection') };
}

/** Of an array the elements. */
type Distinct<V> = V extends readonly (infer E)[] ? E : Exclude<V, undefined>;
