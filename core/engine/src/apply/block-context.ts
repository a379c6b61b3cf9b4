import { AerolithError, type Block, LIMITS } from '@aerolithdb/protocol';
import type { WriterConnection } from '@aerolithdb/storage';
import type { CatalogueState } from './catalogue-state.ts';
import { ChangeList } from './change-list.ts';
import type { CollectionMark, CollectionState } from './collection-state.ts';

/** What the commands of one block share while they are applied, and how a refused one is undone. */
export class BlockContext {
  readonly connection: WriterConnection;
  readonly catalogue: CatalogueState;
  /** Block time, milliseconds since 1970. */
  readonly time: number;
  readonly height: number;
  readonly changes: ChangeList;
  /** Collections whose counters the block must write. */
  readonly touched = new Set<CollectionState>();

  #firstChange = 0;
  #savepoint = false;
  readonly #marks = new Map<CollectionState, CollectionMark>();

  constructor(connection: WriterConnection, catalogue: CatalogueState, block: Block) {
    this.connection = connection;
    this.catalogue = catalogue;
    this.time = block.time;
    this.height = block.height;
    this.changes = new ChangeList(block.height);
  }

  /** Index in the block of the first change of the running command. */
  get firstChange(): number {
    return this.#firstChange;
  }

  /** Changes that the running command may still make. */
  get room(): number {
    const made = this.changes.length - this.#firstChange;
    return Math.min(LIMITS.changesPerCommand - made, this.changes.room);
  }

  /**
   * Starts a command. With `savepoint` its SQL can be undone alone; without it the command must check everything before it
   * writes anything.
   */
  beginCommand(savepoint: boolean): void {
    this.#firstChange = this.changes.length;
    this.#marks.clear();
    this.#savepoint = savepoint;
    if (savepoint) this.connection.prepare('SAVEPOINT command').run();
  }

  endCommand(): void {
    if (this.#savepoint) this.connection.prepare('RELEASE command').run();
    this.#savepoint = false;
  }

  /** Takes back everything that the running command did. */
  undoCommand(): void {
    if (this.#savepoint) {
      this.connection.prepare('ROLLBACK TO command').run();
      this.connection.prepare('RELEASE command').run();
      this.#savepoint = false;
      this.catalogue.resync();
    }
    this.changes.truncate(this.#firstChange);
    for (const [collection, mark] of this.#marks) collection.restore(mark);
    this.#marks.clear();
  }

  /** To be called before the running command changes a collection's rows, record or counters. */
  touch(collection: CollectionState): void {
    if (this.#marks.has(collection)) return;
    this.#marks.set(collection, collection.mark());
    this.touched.add(collection);
  }

  /** Throws `unknown_collection`. */
  collection(name: string): CollectionState {
    return this.catalogue.collection(name);
  }

  /** Throws `overloaded` when the block holds as many changes as it may. */
  assertRoom(): void {
    if (this.room > 0) return;
    throw new AerolithError('overloaded', 'The block is full. Send the command again; it then stands in another block.', {
      changesPerBlock: LIMITS.changesPerBlock,
    });
  }
}
