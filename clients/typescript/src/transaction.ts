import { AerolithError, type DocumentOperation, heightOf, type ReadPrecondition, type StoredText } from '@aerolithdb/protocol';
import type { CallOptions } from './calls.ts';
import type { Link } from './link.ts';
import { TransactionCollection } from './transaction-collection.ts';
import { pause } from './transport/backoff.ts';
import type { Ending } from './transport/transport.ts';
import type { AnyDocument, Insertable } from './types/document.ts';
import { plainOf } from './values.ts';
import { versionOf } from './versions.ts';

/** Milliseconds; shifted by chance, so that two transactions that met do not meet again. */
const PAUSE_MS = 4;
const LONGEST_PAUSE_MS = 250;

export type TransactionOptions = CallOptions & {
  /** How often the callback may run; 100 when absent. Then `transaction_conflict` is thrown. */
  readonly attempts?: number | undefined;
};

const ATTEMPTS = 100;

/**
 * What the callback of a transaction works with. Reads are optimistic: each is noted with its version, and when the transaction is
 * sent, all must still have it. Writes are gathered and sent as one command when the callback has returned.
 */
export class Transaction {
  readonly #link: Link;
  readonly #ending: Ending;
  readonly #reads = new Map<string, ReadPrecondition>();
  readonly #operations: Promise<DocumentOperation>[] = [];
  /** Ids that a gathered write names, by collection; `all` where a filter may select any document. */
  readonly #written = new Map<string, Set<string> | 'all'>();
  #snapshot: number | undefined;

  constructor(link: Link, ending: Ending) {
    this.#link = link;
    this.#ending = ending;
  }

  /** The collection inside of this transaction. Give the `Collection`, so that types go on to hold, or a name. */
  collection<T extends object = AnyDocument, In extends object = Insertable<T>>(
    collection: TransactionSource<T, In> | string,
  ): TransactionCollection<T, In> {
    const name = typeof collection === 'string' ? collection : collection.name;
    const check = typeof collection === 'string' ? undefined : collection.checked;
    return new TransactionCollection<T, In>(name, {
      read: (id) => this.#read(name, id),
      write: (operation, ids) => this.#write(name, operation, ids),
      newId: () => this.#link.identifiers.objectId(),
      ...(check !== undefined && { check: (document: In) => check.call(collection, document) }),
    });
  }

  /** Sends what was gathered. Throws `transaction_conflict` and the codes of a write. */
  async send(): Promise<void> {
    const operations = await Promise.all(this.#operations);
    if (operations.length === 0) return;
    const { transport, identifiers } = this.#link;
    const operation = { type: 'transaction', operations, reads: [...this.#reads.values()] } as const;
    await transport.write(operation, identifiers.commandId(), this.#ending);
  }

  /** What a failed callback leaves: nobody waits for these any more. */
  discard(): void {
    for (const operation of this.#operations) operation.catch(() => undefined);
  }

  async #read(collection: string, id: StoredText): Promise<unknown> {
    this.#assertUnwritten(collection, id);
    this.#snapshot ??= (await this.#link.transport.status(this.#ending)).height;
    const answer = await this.#link.transport.read({ kind: 'get', collection, id }, this.#ending);
    const version = versionOf(answer);
    const key = JSON.stringify([collection, id]);
    const before = this.#reads.get(key);
    // A document that changed since the first read would let the callback see two states at once.
    if (heightOf(version) > this.#snapshot || (before !== undefined && before.version !== version))
      throw changedMeanwhile(collection, id);
    this.#reads.set(key, { collection, id, version });
    return answer.text === undefined ? null : plainOf(answer.text);
  }

  #write(collection: string, operation: Promise<DocumentOperation>, ids: readonly StoredText[] | 'all'): void {
    this.#operations.push(operation);
    const written = this.#written.get(collection);
    if (ids === 'all' || written === 'all') this.#written.set(collection, 'all');
    else this.#written.set(collection, new Set([...(written ?? []), ...ids]));
  }

  #assertUnwritten(collection: string, id: StoredText): void {
    const written = this.#written.get(collection);
    if (written === undefined || (written !== 'all' && !written.has(id))) return;
    const message = `The transaction has already written to ${id} of "${collection}", and a read would not see it. Read before you write.`;
    throw new AerolithError('invalid_request', message, { collection, id });
  }
}

/** What a transaction needs of a `Collection`: its name, and its schema where it has one. */
export interface TransactionSource<T extends object, In extends object> {
  readonly name: string;
  /** The document as its schema makes it. */
  checked(document: In): Promise<object>;
  /** Only in types. */
  readonly documentType?: T;
}

/** Runs the callback and sends what it wrote, again and again while a document that it read is changed by others. */
export async function runTransaction<R>(
  link: Link,
  work: (transaction: Transaction) => Promise<R>,
  { attempts = ATTEMPTS, ...limits }: TransactionOptions,
): Promise<R> {
  return link.calls.run(limits, async (ending) => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await attemptTransaction(new Transaction(link, ending), work);
      } catch (error) {
        if (!isReadConflict(error) || attempt >= attempts) throw error;
        await pause(Math.min(LONGEST_PAUSE_MS, PAUSE_MS * attempt) * Math.random(), ending.signal);
      }
    }
  });
}

async function attemptTransaction<R>(transaction: Transaction, work: (transaction: Transaction) => Promise<R>): Promise<R> {
  try {
    const result = await work(transaction);
    await transaction.send();
    return result;
  } finally {
    transaction.discard();
  }
}

/** Whether another write came in between. An operation that failed by itself would fail again. */
function isReadConflict(error: unknown): boolean {
  return error instanceof AerolithError && error.code === 'transaction_conflict' && error.details.read !== undefined;
}

function changedMeanwhile(collection: string, id: StoredText): AerolithError {
  const message = `The document ${id} of "${collection}" changed while the transaction ran. Read it again and decide.`;
  return new AerolithError('transaction_conflict', message, { read: 0, collection, id });
}
