import type { Receipt } from '@aerolithdb/protocol';
import { type CallOptions, Calls } from './calls.ts';
import { type ChangePage, ChangeStream, type ChangesOptions, changePage, type WatchOptions } from './change-stream.ts';
import { Collection } from './collection.ts';
import { Identifiers } from './identifiers.ts';
import { INSPECT } from './inspect.ts';
import { blockOf, type LedgerBlock } from './ledger-block.ts';
import { type Link, writeThrough } from './link.ts';
import { Principals } from './principals.ts';
import { runTransaction, type Transaction, type TransactionOptions } from './transaction.ts';
import type { CollectionInfo, Status, Transport } from './transport/transport.ts';
import type { AnyDocument, Insertable } from './types/document.ts';
import type { SchemaInput, SchemaOutput, StandardSchema } from './types/standard-schema.ts';
import { storedObject } from './values.ts';

/** Milliseconds that a call may take when it names no limit of its own. */
export const TIMEOUT_MS = 60_000;

export type DatabaseOptions = {
  /** Milliseconds that a call may take when it names no limit of its own; 60,000 when absent. */
  readonly timeoutMs?: number | undefined;
  /** Puts something around the way to the database: for tools that time, log or interrupt every call. Called once. */
  readonly around?: ((transport: Transport) => Transport) | undefined;
};

export type CollectionOptions = CallOptions & {
  /** JSON Schema 2020-12 that the server holds every document to; null removes it. */
  readonly schema?: object | null | undefined;
};

/** A database, wherever it runs: `AerolithClient` reaches one over HTTP, `open` of the embedded package runs one in this process. */
export class AerolithDatabase implements AsyncDisposable {
  /** Users and tokens. */
  readonly principals: Principals;
  readonly #link: Link;

  constructor(way: Transport, { timeoutMs = TIMEOUT_MS, around }: DatabaseOptions = {}) {
    const transport = around?.(way) ?? way;
    this.#link = { transport, calls: new Calls(timeoutMs), identifiers: new Identifiers() };
    this.principals = new Principals(this.#link);
  }

  /**
   * A collection with a type: given as a parameter, or by a schema of zod, valibot or another library that follows Standard Schema,
   * which also checks what is inserted or put in place. Asks the server nothing.
   */
  collection<T extends object = AnyDocument>(name: string): Collection<T>;
  collection<S extends StandardSchema<object, object>>(
    name: string,
    options: { readonly schema: S },
  ): Collection<SchemaOutput<S>, Insertable<SchemaInput<S>>>;
  collection(name: string, { schema }: { readonly schema?: StandardSchema<object, object> } = {}): Collection {
    return new Collection(this.#link, name, schema);
  }

  /** The collections that you may read, by name. */
  collections(options: CallOptions = {}): Promise<readonly CollectionInfo[]> {
    return this.#link.calls.run(options, (ending) => this.#link.transport.collections(ending));
  }

  /** Makes a collection. Throws `collection_exists`, `invalid_name`, `invalid_schema`. */
  async createCollection(name: string, { schema, ...limits }: CollectionOptions = {}): Promise<Receipt> {
    const options = schema == null ? {} : { schema: storedObject(schema, 'A schema') };
    return (await writeThrough(this.#link, { type: 'createCollection', collection: name, options }, limits)).receipt;
  }

  /** Changes the options of a collection: what is absent stays as it is. Throws `unknown_collection`, `invalid_schema`. */
  async alterCollection(name: string, { schema, ...limits }: CollectionOptions): Promise<Receipt> {
    const text = schema == null ? schema : storedObject(schema, 'A schema');
    const options = text === undefined ? {} : { schema: text };
    return (await writeThrough(this.#link, { type: 'alterCollection', collection: name, options }, limits)).receipt;
  }

  /** Removes a collection with its documents and indexes. Throws `unknown_collection`. */
  dropCollection(name: string, options: CallOptions = {}): Promise<Receipt> {
    return this.collection(name).drop(options);
  }

  /**
   * Runs the callback and applies all it wrote in one step, or nothing. When a document that it read was changed by others
   * meanwhile, it runs again: so it must do nothing but compute, read and write through its argument.
   * Throws what the callback throws, `transaction_conflict` when an operation fails, and the codes of a write.
   */
  transaction<R>(work: (transaction: Transaction) => Promise<R>, options: TransactionOptions = {}): Promise<R> {
    return runTransaction(this.#link, work, options);
  }

  /** The changes of all collections from now on, or from a position. Needs a role on all. See `ChangeStream`. */
  watch(options: WatchOptions = {}): ChangeStream<AnyDocument> {
    return new ChangeStream(this.#link, undefined, options);
  }

  /** A page of the changes of all collections after a position, the oldest first. Needs a role on all. */
  changes(options: ChangesOptions = {}): Promise<ChangePage<AnyDocument>> {
    return changePage(this.#link, undefined, options);
  }

  /** A block of the ledger, from height 1 on. Needs a role on all. Throws `unknown_block`. */
  async block(height: number, options: CallOptions = {}): Promise<LedgerBlock> {
    const { calls, transport } = this.#link;
    return blockOf(await calls.run(options, (ending) => transport.read({ kind: 'block', height }, ending)));
  }

  /** Height, version and figures of the node. */
  status(options: CallOptions = {}): Promise<Status> {
    return this.#link.calls.run(options, (ending) => this.#link.transport.status(ending));
  }

  /** Ends calls in progress and change streams; calls after it throw `log_closed`. Safe to call twice. */
  async close(): Promise<void> {
    this.#link.calls.close();
    await this.#link.transport.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  toString(): string {
    return `${this.constructor.name}(${this.#link.transport})`;
  }

  [INSPECT](): string {
    return this.toString();
  }
}
