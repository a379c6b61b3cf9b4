import { AerolithError, arraySlices, type ChangeKind, LIMITS, objectSlices, position as positionAt } from '@aerolithdb/protocol';
import type { CallOptions } from './calls.ts';
import { INSPECT } from './inspect.ts';
import type { Link } from './link.ts';
import type { IdOf, Stored } from './types/document.ts';
import { plainOf } from './values.ts';

export type WatchOptions = {
  /** Changes after this position, such as that of the last change that was handled. Absent: changes from now on. */
  readonly since?: number | undefined;
  /** Ends the stream; the iteration then finishes without an error. */
  readonly signal?: AbortSignal | undefined;
};

/** Where a change stands, and the links of the chain of its collection. */
export type ChangePlace = {
  /** What to go on after: give it as `since`. */
  readonly position: number;
  readonly height: number;
  readonly time: Date;
  readonly collection: string;
  readonly version: number;
  readonly hash: string;
  readonly previousHash: string;
};

/** One change. `kind` tells whether there is a document. */
export type ChangeEvent<T> =
  | (ChangePlace & { readonly kind: 'insert' | 'replace' | 'update'; readonly id: IdOf<T>; readonly document: Stored<T> })
  | (ChangePlace & { readonly kind: 'delete'; readonly id: IdOf<T> })
  | (ChangePlace & { readonly kind: 'createCollection' | 'dropCollection' });

/**
 * Changes in order, for ever, without gap or repeat. Where the connection breaks it goes on after the last change that was given out.
 *
 * 1. It begins when it is made, not when it is first iterated: what is written after `ready` has resolved is in it.
 * 2. The next change is asked for when the one before is handled, so a slow reader is not flooded.
 * 3. Each change must link to the one before it in its collection; a gap throws `internal` instead of passing unseen.
 * 4. After `break`, iterating again goes on after the last change. `close`, the signal, or closing the database ends it.
 */
export class ChangeStream<T> implements AsyncIterable<ChangeEvent<T>>, AsyncDisposable {
  /** Resolves with the position the stream begins after. Rejects with what the first request threw. */
  readonly ready: Promise<number>;
  readonly #link: Link;
  readonly #collection: string | undefined;
  readonly #open: { readonly signal: AbortSignal; readonly end: () => void };
  readonly #chain = new Chain();
  #position: number | undefined;

  constructor(link: Link, collection: string | undefined, { since, signal }: WatchOptions) {
    this.#link = link;
    this.#collection = collection;
    this.#open = link.calls.open(signal);
    this.ready = since === undefined ? this.#now() : Promise.resolve(since);
    // Whoever iterates meets the failure; without a listener here it would end the process before.
    this.ready.catch(() => undefined);
  }

  /** Of the last change that was given out, or where the stream begins; undefined until that is known. */
  get position(): number | undefined {
    return this.#position;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<ChangeEvent<T>, void, void> {
    const { signal } = this.#open;
    if (signal.aborted) return;
    const since = this.#position ?? (await this.#begin());
    if (since === undefined) return;
    const named = this.#collection === undefined ? {} : { collection: this.#collection };
    for await (const change of this.#link.transport.watch({ ...named, since }, signal)) {
      if (isAborted(signal)) return;
      if (change.position <= (this.#position ?? since)) continue;
      const event = eventOf<T>(change.text);
      this.#chain.add(event);
      this.#position = event.position;
      yield event;
    }
  }

  /** Ends the stream: an iteration that waits finishes. */
  close(): Promise<void> {
    this.#open.end();
    return Promise.resolve();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  toString(): string {
    return `ChangeStream(${this.#collection ?? 'all collections'} after ${this.#position ?? 'now'})`;
  }

  [INSPECT](): string {
    return this.toString();
  }

  /** Undefined when the stream was closed meanwhile. */
  async #begin(): Promise<number | undefined> {
    try {
      this.#position = await this.ready;
      return this.#position;
    } catch (error) {
      if (isAborted(this.#open.signal)) return undefined;
      throw error;
    }
  }

  async #now(): Promise<number> {
    const { calls, transport } = this.#link;
    const { height } = await calls.run({ signal: this.#open.signal }, (ending) => transport.status(ending));
    return positionAt(height, LIMITS.changesPerBlock - 1);
  }
}

export type ChangesOptions = CallOptions & {
  /** Changes after this position; from the beginning when absent. */
  readonly since?: number | undefined;
  /** Changes at most, up to 1,000; 100 when absent. */
  readonly limit?: number | undefined;
};

/** `position`: give it as `since` for the next page. */
export type ChangePage<T> = { readonly changes: readonly ChangeEvent<T>[]; readonly position: number };

/** A page of the changes of a collection, or of all. Throws `invalid_position`, `unknown_collection`. */
export async function changePage<T>(
  { calls, transport }: Link,
  collection: string | undefined,
  { since = 0, limit = 100, ...limits }: ChangesOptions,
): Promise<ChangePage<T>> {
  const request = { kind: 'changes', ...(collection !== undefined && { collection }), since, limit } as const;
  const { text = '[]', position = since } = await calls.run(limits, (ending) => transport.read(request, ending));
  return { changes: arraySlices(text).map((one) => eventOf<T>(one)), position };
}

/** The hash of the last change of each collection, which the next one must name. */
class Chain {
  readonly #last = new Map<string, string>();

  add({ kind, collection, hash, previousHash, position }: ChangePlace & { readonly kind: ChangeKind }): void {
    const expected = this.#last.get(collection);
    if (expected !== undefined && expected !== previousHash) {
      const message = `The change at position ${position} does not follow the one before it in "${collection}": a change is missing.`;
      throw new AerolithError('internal', message, { position, collection, expected, previousHash });
    }
    // A collection that is made anew under the same name begins a chain of its own.
    if (kind === 'dropCollection') this.#last.delete(collection);
    else this.#last.set(collection, hash);
  }
}

/** A function, since the signal changes while a change is handled. */
function isAborted(signal: AbortSignal): boolean {
  return signal.aborted;
}

/** `id` and `document` are Extended JSON, all else is plain. */
function eventOf<T>(text: string): ChangeEvent<T> {
  const slices = objectSlices(text);
  const id = slices.get('id');
  const document = slices.get('document');
  const rest = [...slices]
    .filter(([name]) => name !== 'id' && name !== 'document')
    .map(([name, value]) => [name, JSON.parse(value)]);
  const place = Object.fromEntries(rest) as Omit<ChangePlace, 'time'> & { kind: 'delete'; time: number };
  return {
    ...place,
    time: new Date(place.time),
    ...(id !== undefined && { id: plainOf<IdOf<T>>(id) }),
    ...(document !== undefined && { document: plainOf<Stored<T>>(document) }),
  } as ChangeEvent<T>;
}
