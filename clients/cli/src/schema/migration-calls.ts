import type { AnyDocument } from '@aerolithdb/client';
import { usageError } from '../program/cli-error.ts';
import { checkedSize } from './batch-size.ts';
import type { Call, Perform } from './call.ts';
import { indexNameOf } from './index-name.ts';
import type { BatchChange, BatchOptions, IndexKeys, MigrationDatabase } from './migration.ts';
import { parseKeys } from './parse-step.ts';

/** The interface of a migration, as calls that something else carries out, plans or passes over. */
export class MigrationCalls implements MigrationDatabase {
  readonly #perform: Perform;
  #running: Call['kind'] | undefined;

  constructor(perform: Perform) {
    this.#perform = perform;
  }

  createCollection(name: string, options: { readonly schema?: object; readonly ifMissing?: boolean } = {}): Promise<void> {
    const { schema, ifMissing } = options;
    const call = {
      kind: 'createCollection',
      collection: name,
      ...(schema !== undefined && { schema: { ...schema } }),
      ...(ifMissing === true && { ifMissing }),
    } as const;
    return this.#inTurn(call);
  }

  alterCollection(name: string, { schema }: { readonly schema: object | null }): Promise<void> {
    return this.#inTurn({ kind: 'alterCollection', collection: name, schema: schema === null ? null : { ...schema } });
  }

  dropCollection(name: string): Promise<void> {
    return this.#inTurn({ kind: 'dropCollection', collection: name });
  }

  createIndex(
    collection: string,
    keys: IndexKeys,
    options: { readonly name?: string; readonly unique?: boolean } = {},
  ): Promise<void> {
    const pairs = parseKeys({ ...keys });
    const { name = indexNameOf(pairs), unique } = options;
    return this.#inTurn({ kind: 'createIndex', collection, name, keys: pairs, ...(unique === true && { unique }) });
  }

  dropIndex(collection: string, name: string): Promise<void> {
    return this.#inTurn({ kind: 'dropIndex', collection, name });
  }

  updateDocuments(collection: string, update: object, options: BatchOptions = {}): Promise<void> {
    const call = { kind: 'updateDocuments', collection, ...filterOf(options), update: { ...update } } as const;
    return this.#inTurn(call, sizeOf(options));
  }

  eachBatch<T extends object = AnyDocument>(collection: string, options: BatchOptions, change: BatchChange<T>): Promise<void> {
    const call = { kind: 'eachBatch', collection, ...filterOf(options) } as const;
    // The migration says which type its documents have.
    const untyped = change as unknown as BatchChange<AnyDocument>;
    return this.#inTurn(call, { ...sizeOf(options), change: untyped });
  }

  /** Whether a call was begun and not awaited to its end. */
  get running(): Call['kind'] | undefined {
    return this.#running;
  }

  /** The caller hears of a failure; one who does not await it has failed already by the rule that calls are made in turn. */
  #inTurn(call: Call, batching: Parameters<Perform>[1] = {}): Promise<void> {
    const performed = this.#alone(call, batching);
    performed.catch(() => undefined);
    return performed;
  }

  async #alone(call: Call, batching: Parameters<Perform>[1]): Promise<void> {
    if (this.#running !== undefined) throw notAwaited(this.#running);
    this.#running = call.kind;
    try {
      await this.#perform(call, batching);
    } finally {
      this.#running = undefined;
    }
  }
}

/** A migration whose calls overlap has no order in which it could go on after a crash. */
export function notAwaited(kind: string): Error {
  return usageError(`"${kind}" was not awaited: a migration makes one call after the other.`, { call: kind });
}

function filterOf({ filter }: BatchOptions): { filter?: AnyDocument } {
  return filter === undefined ? {} : { filter: { ...filter } };
}

function sizeOf({ size }: BatchOptions): { size?: number } {
  return size === undefined ? {} : { size: checkedSize(size) };
}
