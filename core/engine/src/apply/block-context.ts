import { AerolithError, type Block, LIMITS } from '@aerolithdb/protocol';
import type { WriterConnection } from '@aerolithdb/storage';
import type { CatalogueState } from './catalogue-state.ts';
import { ChangeList } from './change-list.ts';
import type { CollectionMark, CollectionState } from './collection-state.ts';

/** What is undone together: the changes from `firstChange` on, and each collection as it was marked before its first of them. */
type Scope = {
  readonly name: 'command' | 'part';
  readonly firstChange: number;
  /** Whether SQL is undone too. */
  readonly savepoint: boolean;
  readonly marks: Map<CollectionState, CollectionMark>;
};

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

  #command: Scope = { name: 'command', firstChange: 0, savepoint: false, marks: new Map() };
  #part: Scope | undefined;

  constructor(connection: WriterConnection, catalogue: CatalogueState, block: Block) {
    this.connection = connection;
    this.catalogue = catalogue;
    this.time = block.time;
    this.height = block.height;
    this.changes = new ChangeList(block.height);
  }

  /** Index in the block of the first change of the running command. */
  get firstChange(): number {
    return this.#command.firstChange;
  }

  /** Changes that the running command may still make. */
  get room(): number {
    const made = this.changes.length - this.#command.firstChange;
    return Math.min(LIMITS.changesPerCommand - made, this.changes.room);
  }

  /**
   * Starts a command. With `savepoint` its SQL can be undone alone; without it the command must check everything before it
   * writes anything.
   */
  beginCommand(savepoint: boolean): void {
    this.#command = this.#begin('command', savepoint);
  }

  endCommand(): void {
    this.#release(this.#command);
  }

  /** Takes back everything that the running command did. */
  undoCommand(): void {
    this.#part = undefined;
    this.#undo(this.#command);
  }

  /** Starts a part of the running command, which can be undone alone; `savepoint` as for a command. Parts hold no parts. */
  beginPart(savepoint: boolean): void {
    this.#part = this.#begin('part', savepoint);
  }

  endPart(): void {
    if (this.#part !== undefined) this.#release(this.#part);
    this.#part = undefined;
  }

  /** Takes back everything that the running part did; what the command did before it stays. */
  undoPart(): void {
    if (this.#part !== undefined) this.#undo(this.#part);
    this.#part = undefined;
  }

  /** To be called before the running command changes a collection's rows, record or counters. */
  touch(collection: CollectionState): void {
    if (this.#part !== undefined && !this.#part.marks.has(collection)) this.#part.marks.set(collection, collection.mark());
    if (this.#command.marks.has(collection)) return;
    this.#command.marks.set(collection, collection.mark());
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

  #begin(name: Scope['name'], savepoint: boolean): Scope {
    if (savepoint) this.connection.prepare(`SAVEPOINT ${name}`).run();
    return { name, firstChange: this.changes.length, savepoint, marks: new Map() };
  }

  #release({ name, savepoint }: Scope): void {
    if (savepoint) this.connection.prepare(`RELEASE ${name}`).run();
  }

  #undo(scope: Scope): void {
    if (scope.savepoint) {
      this.connection.prepare(`ROLLBACK TO ${scope.name}`).run();
      this.#release(scope);
      this.catalogue.resync();
    }
    this.changes.truncate(scope.firstChange);
    for (const [collection, mark] of scope.marks) collection.restore(mark);
  }
}
