import { type ChangeKind, heightOf, indexOf, LIMITS, position, type StoredText } from '@aerolithdb/protocol';
import type { CollectionState } from './collection-state.ts';

export type PendingChange = {
  readonly kind: ChangeKind;
  readonly collection: CollectionState;
  /** Stored text of the `_id`; `undefined` for changes of the collection itself. */
  readonly id: string | undefined;
};

/** Bytes (UTF-16 units) of post-images that one block may hold in memory. */
const FRAME_UNITS_MAX = 134_217_728;

/** The changes of one block, in order: change i has version `position(height, i)` and post-image `frames[i]`. */
export class ChangeList {
  readonly height: number;
  readonly changes: PendingChange[] = [];
  readonly frames: (string | undefined)[] = [];
  #frameUnits = 0;

  constructor(height: number) {
    this.height = height;
  }

  get length(): number {
    return this.changes.length;
  }

  /** The version that the next change gets. */
  get nextVersion(): number {
    return position(this.height, this.changes.length);
  }

  /** Changes that still fit into the block; none when its post-images have grown past what is held in memory. */
  get room(): number {
    return this.#frameUnits >= FRAME_UNITS_MAX ? 0 : LIMITS.changesPerBlock - this.changes.length;
  }

  add(kind: ChangeKind, collection: CollectionState, id: string | undefined, frame: string | undefined): void {
    this.changes.push({ kind, collection, id });
    this.frames.push(frame);
    this.#frameUnits += frame?.length ?? 0;
  }

  /** The post-image of a version of this block; `undefined` for versions of blocks before it. */
  imageOf(version: number): StoredText | undefined {
    return heightOf(version) === this.height ? this.frames[indexOf(version)] : undefined;
  }

  /** Takes back every change from `length` on. */
  truncate(length: number): void {
    for (let index = length; index < this.frames.length; index++) this.#frameUnits -= this.frames[index]?.length ?? 0;
    this.changes.length = length;
    this.frames.length = length;
  }
}
