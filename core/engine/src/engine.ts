import { join } from 'node:path';
import { type Block, type Head, LIMITS, type Outcome } from '@aerolithdb/protocol';
import {
  FILE_NAME,
  openWriter,
  type StorageOptions,
  type Synced,
  type WalState,
  type WriterConnection,
} from '@aerolithdb/storage';
import { applyBlock, type WriterState } from './apply/apply-block.ts';
import { CatalogueState } from './apply/catalogue-state.ts';
import { CommandWindow } from './apply/command-window.ts';
import { BlockCache, readHead } from './ledger/read-block.ts';
import { mappingStorageErrors, syncFailure } from './storage-fault.ts';

export type EngineOptions = StorageOptions;

/**
 * The writer: a function of the blocks it was given. Implements the `StateMachine` of a log.
 *
 * Invariants:
 * 1. Between `apply` and `commit` one SQLite transaction is open; nothing else is in progress but a `flush` of blocks before.
 * 2. Everything in memory is derived from the file, and is read anew after a block that failed.
 */
export class Engine {
  readonly #connection: WriterConnection;
  readonly #commandWindow: number;
  readonly #ledger: BlockCache;
  /** `undefined` after a block that failed, until the file could be read again. */
  #state: WriterState | undefined;
  #head: Head;
  /** The head that `commit` will make; `undefined` when no block is applied. */
  #applied: Head | undefined;

  private constructor(connection: WriterConnection, commandWindow: number = LIMITS.commandWindow) {
    this.#connection = connection;
    this.#commandWindow = commandWindow;
    this.#ledger = new BlockCache(connection);
    this.#state = this.#loadState();
    this.#head = readHead(connection);
  }

  /**
   * Opens the data folder, makes it when there is none.
   * Throws `data_foreign`, `data_newer`, `data_in_use`, `storage_corrupt`, `storage_full`, `storage_failed`.
   */
  static open(folder: string, options: EngineOptions = {}): Engine {
    return mappingStorageErrors(join(folder, FILE_NAME), () => {
      const connection = openWriter(folder, options);
      try {
        return new Engine(connection);
      } catch (error) {
        connection.close();
        throw error;
      }
    });
  }

  /** Over a connection that was opened elsewhere; it then belongs to the engine. `commandWindow`: commands that are remembered by id. */
  static over(connection: WriterConnection, commandWindow?: number): Engine {
    return mappingStorageErrors(connection.file, () => new Engine(connection, commandWindow));
  }

  /** The last committed block. */
  head(): Head {
    return this.#head;
  }

  /**
   * Computes the outcomes of the block after `head()`, one a command, in order. Nothing is durable yet.
   * Throws `storage_full`, `storage_failed`, `storage_corrupt`, `data_in_use` and faults of the program: the block has then left no trace.
   */
  apply(block: Block): Outcome[] {
    this.#assertFollows(block);
    return this.#undoneOnThrow(() => {
      this.#connection.rollback();
      this.#state ??= this.#loadState();
      this.#connection.begin();
      const { outcomes, head } = applyBlock(this.#connection, this.#state, block);
      this.#applied = head;
      return outcomes;
    });
  }

  /** Takes the applied block into the file and returns the new head. Throws as `apply` does; the block has then left no trace. */
  commit(): Head {
    const applied = this.#applied;
    if (applied === undefined) throw new Error('commit() needs a block that was applied.');
    return this.#undoneOnThrow(() => {
      this.#connection.commit();
      this.#applied = undefined;
      this.#head = applied;
      return applied;
    });
  }

  /**
   * Resolves when every block committed before the call is on the disk. The next block may be applied meanwhile. Rejects with
   * `storage_failed`; what is on the disk is then unknown until the folder is opened anew.
   */
  async flush(): Promise<void> {
    try {
      await this.#connection.flush();
    } catch (error) {
      throw syncFailure(this.#connection.file, error);
    }
  }

  /** What a `LogSync` of another thread makes durable by a flush that begins from now on. Between `commit` and the next `apply`. */
  committed(): Synced {
    return mappingStorageErrors(this.#connection.file, () => this.#connection.committed());
  }

  /** Moves what it can from the write-ahead log into the file. */
  checkpoint(): WalState {
    return mappingStorageErrors(this.#connection.file, () => this.#connection.checkpoint());
  }

  /** Reads every page in use. Throws `storage_corrupt`. */
  check(): { readonly pages: number } {
    return mappingStorageErrors(this.#connection.file, () => this.#connection.check());
  }

  /** A block that was applied and not committed is undone. */
  close(): void {
    this.#connection.rollback();
    this.#connection.close();
  }

  #assertFollows(block: Block): void {
    if (this.#applied !== undefined) throw new Error('apply() was called before the block before it was committed.');
    const { height, hash, time } = this.#head;
    if (block.height !== height + 1) throw new Error(`Block ${block.height} does not follow height ${height}.`);
    if (block.previousHash !== hash)
      throw new Error(`Block ${block.height} links to ${block.previousHash}, the head is ${hash}.`);
    if (block.time < time) throw new Error(`Block ${block.height} has time ${block.time}, before ${time}.`);
  }

  #undoneOnThrow<T>(work: () => T): T {
    return mappingStorageErrors(this.#connection.file, () => {
      let done = false;
      try {
        const result = work();
        done = true;
        return result;
      } finally {
        if (!done) this.#forgetBlock();
      }
    });
  }

  /** Memory may be ahead of the file now, so it is read anew before the next block; a rollback that fails is repeated there. */
  #forgetBlock(): void {
    this.#applied = undefined;
    this.#state = undefined;
    this.#connection.tryRollback();
  }

  #loadState(): WriterState {
    const window = new CommandWindow(this.#connection, this.#ledger, this.#commandWindow);
    return { catalogue: CatalogueState.load(this.#connection), window };
  }
}
