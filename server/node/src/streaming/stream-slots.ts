import { AerolithError } from '@aerolithdb/protocol';

/** Streams of each kind that a node may make at once: each has a thread and holds a snapshot for a while, and takes room on the disk. */
const AT_ONCE = { backup: 2, export: 4 } as const;

export type StreamKind = keyof typeof AT_ONCE;

/** The right to make a stream. */
export interface StreamSlots {
  /** Throws `overloaded` when all are taken. */
  takeSlot(kind: StreamKind): Promise<void>;
  giveSlot(kind: StreamKind): Promise<void>;
}

/** The slots of a node. */
export class LocalStreamSlots implements StreamSlots {
  readonly #taken = { backup: 0, export: 0 };

  async takeSlot(kind: StreamKind): Promise<void> {
    if (this.#taken[kind] >= AT_ONCE[kind]) throw overloaded(kind);
    this.#taken[kind] += 1;
  }

  async giveSlot(kind: StreamKind): Promise<void> {
    this.#taken[kind] -= 1;
  }
}

/** The slots of a node as one thread takes them: what it holds when it is lost can be given back. */
export class BorrowedSlots implements StreamSlots {
  readonly #slots: StreamSlots;
  readonly #held: StreamKind[] = [];

  constructor(slots: StreamSlots) {
    this.#slots = slots;
  }

  async takeSlot(kind: StreamKind): Promise<void> {
    await this.#slots.takeSlot(kind);
    this.#held.push(kind);
  }

  async giveSlot(kind: StreamKind): Promise<void> {
    this.#held.splice(this.#held.indexOf(kind), 1);
    await this.#slots.giveSlot(kind);
  }

  async giveAll(): Promise<void> {
    for (const kind of this.#held.splice(0)) await this.#slots.giveSlot(kind);
  }
}

function overloaded(kind: StreamKind): AerolithError {
  const message = `${AT_ONCE[kind]} ${kind}s are being made; wait for one to end.`;
  return new AerolithError('overloaded', message, { limit: `${kind}sAtOnce` });
}
