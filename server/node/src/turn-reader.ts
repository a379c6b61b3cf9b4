import type { LocalReader, RawDocument } from '@aerolithdb/database';
import type { Reader } from '@aerolithdb/engine/read';
import type { OrderedLog } from '@aerolithdb/log';
import type { FindRequest, Head, ReadAnswer, ReadRequest, StoredText } from '@aerolithdb/protocol';

/** Reads that share a state at most, so that none is kept for long by a caller that never waits. */
const READS_PER_STATE = 256;

/**
 * The reader of the thread that serves callers. To take a state of the file and to give it back costs as much as a short read (locks
 * between processes), so short reads of one turn of the event loop share one.
 *
 * Invariant: a read sees every block that was durable when it was asked for. So a state is given back as soon as the log's head has
 * moved since it was taken.
 */
export class TurnReader implements LocalReader {
  readonly #reader: Reader;
  readonly #log: Pick<OrderedLog, 'head'>;
  /** Height of the log when the state was taken; undefined when none is held. */
  #heldAt: number | undefined;
  #readsLeft = 0;

  constructor(reader: Reader, log: Pick<OrderedLog, 'head'>) {
    this.#reader = reader;
    this.#log = log;
  }

  getRaw(collection: string, id: StoredText): RawDocument | undefined {
    this.#share();
    return this.#reader.getRaw(collection, id);
  }

  readAtOnce(request: FindRequest): ReadAnswer | undefined {
    this.#share();
    return this.#reader.readAtOnce(request);
  }

  read(request: ReadRequest): ReadAnswer {
    this.#release();
    return this.#reader.read(request);
  }

  catalogue(): ReturnType<Reader['catalogue']> {
    this.#release();
    return this.#reader.catalogue();
  }

  hasExpired(collection: string, index: string, time: number): boolean {
    this.#release();
    return this.#reader.hasExpired(collection, index, time);
  }

  head(): Head {
    this.#release();
    return this.#reader.head();
  }

  close(): void {
    this.#release();
    this.#reader.close();
  }

  #share(): void {
    const { height } = this.#log.head();
    if (this.#heldAt === height && this.#readsLeft > 0) {
      this.#readsLeft -= 1;
      return;
    }
    if (this.#heldAt === undefined) setImmediate(() => this.#release());
    this.#release();
    this.#reader.hold();
    this.#heldAt = height;
    this.#readsLeft = READS_PER_STATE;
  }

  #release(): void {
    if (this.#heldAt === undefined) return;
    this.#heldAt = undefined;
    this.#reader.release();
  }
}
