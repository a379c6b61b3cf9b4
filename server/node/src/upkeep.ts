import { randomBytes } from 'node:crypto';
import { type CollectionInfo, LOCAL_ACTOR } from '@aerolithdb/database';
import type { OrderedLog } from '@aerolithdb/log';
import { AerolithError, type IndexInfo, LIMITS, type Outcome, type UpkeepOperation } from '@aerolithdb/protocol';
import type { TurnReader } from './turn-reader.ts';

export type UpkeepParts = {
  readonly log: OrderedLog;
  readonly reader: Pick<TurnReader, 'catalogue' | 'hasExpired'>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Milliseconds between two looks for documents that have expired. */
  readonly everyMs: number;
};

type Place = { readonly collection: string; readonly index: IndexInfo };

/**
 * What a node does of its own accord: it goes on with index builds and deletes what has expired. It decides only when; what is done
 * follows from the ordered commands, so that a replay gives the same.
 */
export class Upkeep {
  readonly #parts: UpkeepParts;
  readonly #timer: NodeJS.Timeout;
  #round: Promise<void> | undefined;
  #isWanted = false;
  #isClosed = false;

  constructor(parts: UpkeepParts) {
    this.#parts = parts;
    this.#timer = setInterval(() => this.wake(), parts.everyMs).unref();
    this.wake();
  }

  /** Looks at once whether there is something to do. */
  wake(): void {
    this.#isWanted = true;
    this.#round ??= this.#rounds().finally(() => {
      this.#round = undefined;
      // Asked for after the last look.
      if (this.#isWanted && !this.#isClosed) this.wake();
    });
  }

  /** Ends after the command that is on its way. */
  async close(): Promise<void> {
    this.#isClosed = true;
    clearInterval(this.#timer);
    await this.#round;
  }

  async #rounds(): Promise<void> {
    try {
      while (this.#isWanted && !this.#isClosed) {
        this.#isWanted = false;
        for (const place of places(this.#parts.reader.catalogue().collections)) await this.#tend(place);
      }
    } catch (error) {
      // What keeps the log from taking commands is told to all who write; the next round tries again.
      if (!(error instanceof AerolithError)) throw error;
    }
  }

  async #tend({ collection, index }: Place): Promise<void> {
    const named = { collection, index: index.name };
    if (index.build?.state === 'building') return this.#repeat({ type: 'buildIndex', ...named, rows: LIMITS.indexBuildRows });
    // A command that would do nothing is not ordered: an idle node makes no blocks.
    if (index.expireAfterSeconds !== undefined && this.#parts.reader.hasExpired(collection, index.name, this.#parts.now()))
      await this.#repeat({ type: 'expire', ...named, limit: LIMITS.expiredPerCommand });
  }

  async #repeat(operation: UpkeepOperation): Promise<void> {
    let more = true;
    while (more && !this.#isClosed) {
      const id = `upkeep-${randomBytes(12).toString('hex')}`;
      more = hasMore(await this.#parts.log.submit({ id, actor: LOCAL_ACTOR, operation }));
    }
  }
}

function places(collections: readonly CollectionInfo[]): Place[] {
  return collections.flatMap(({ name, indexes }) => indexes.map((index) => ({ collection: name, index })));
}

function hasMore(outcome: Outcome): boolean {
  return outcome.ok && outcome.result.next !== undefined;
}
