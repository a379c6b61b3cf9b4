import type { DocumentOperation, ObjectId, StoredText } from '@aerolithdb/protocol';
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
import type { IdOf, Stored } from './types/document.ts';
import type { Filter } from './types/filter.ts';
import type { Update, UpdatePipeline } from './types/update.ts';
import { newDocument, onlyId, replacementDocument, storedValue } from './values.ts';
import { assertWriteOptions } from './write-options.ts';

/** How a collection reads and writes inside of a transaction. */
export type TransactionDoor<In> = {
  readonly read: (id: StoredText) => Promise<unknown>;
  /** `ids`: the documents that it may touch. */
  readonly write: (operation: Promise<DocumentOperation>, ids: readonly StoredText[] | 'all') => void;
  readonly newId: () => ObjectId;
  readonly check?: (document: In) => Promise<object>;
};

/** A collection inside of a transaction: writes are gathered, in the order of the calls, and take effect all together or not at all. */
export class TransactionCollection<T extends object, In extends object> {
  readonly name: string;
  readonly #door: TransactionDoor<In>;

  constructor(name: string, door: TransactionDoor<In>) {
    this.name = name;
    this.#door = door;
  }

  /**
   * The document with this `_id`; null when there is none. Either way it must still be so when the transaction is sent. It sees the
   * state before the transaction: throws `invalid_request` when the transaction has already written to it.
   */
  async get(id: IdOf<T>): Promise<Stored<T> | null> {
    // What stands in the collection has its type.
    return (await this.#door.read(storedValue(id))) as Stored<T> | null;
  }

  /** Resolves with the `_id`, which is made when there is none. */
  async insertOne(document: In): Promise<IdOf<T>> {
    const [id] = await this.insertMany([document]);
    return id as IdOf<T>;
  }

  async insertMany(documents: readonly In[]): Promise<readonly IdOf<T>[]> {
    const given = documents.map((document) => ({ document, id: newDocument(document, this.#door.newId).id }));
    const made = Promise.all(
      given.map(async ({ document, id }) => newDocument({ _id: id, ...(await this.#checked(document)) }, this.#door.newId)),
    );
    const operation = made.then((all) =>
      insertOperation(
        this.name,
        all.map(({ text }) => text),
      ),
    );
    this.#door.write(
      operation,
      given.map(({ id }) => storedValue(id)),
    );
    await operation;
    return given.map(({ id }) => id as IdOf<T>);
  }

  /** `id`: of the document that is replaced. */
  async replaceOne(id: IdOf<T>, document: In, options: ReplaceOptions = {}): Promise<void> {
    const stored = storedValue(id);
    const operation = this.#checked(document).then((checked) =>
      replaceOperation(this.name, stored, replacementDocument(checked, stored), options),
    );
    this.#door.write(operation, [stored]);
    await operation;
  }

  async updateOne(filter: Filter<T>, update: Update<T> | UpdatePipeline, options: UpdateOneOptions<T> = {}): Promise<void> {
    assertWriteOptions('updateOne', options);
    this.#gather(updateOperation(this.name, filter, update, options), filter);
  }

  async updateMany(filter: Filter<T>, update: Update<T> | UpdatePipeline, options: UpdateManyOptions = {}): Promise<void> {
    assertWriteOptions('updateMany', options);
    this.#gather(updateOperation(this.name, filter, update, { ...options, multi: true }), filter);
  }

  async deleteOne(filter: Filter<T>, options: WriteOneOptions<T> = {}): Promise<void> {
    assertWriteOptions('deleteOne', options);
    this.#gather(deleteOperation(this.name, filter, options), filter);
  }

  async deleteMany(filter: Filter<T>): Promise<void> {
    this.#gather(deleteOperation(this.name, filter, { multi: true }), filter);
  }

  #gather(operation: DocumentOperation, filter: object): void {
    const id = onlyId(filter);
    this.#door.write(Promise.resolve(operation), id === undefined ? 'all' : [id]);
  }

  #checked(document: In): Promise<object> {
    return this.#door.check?.(document) ?? Promise.resolve(document);
  }
}
