/** Two 32-bit numbers: how often principals may have changed, and how many commands that change them are under way. */
const [REVISION, CHANGING] = [0, 1] as const;

/**
 * Tells the doors of a node when to read the principals anew: after each block that may have changed one, which are those that become
 * durable while a command that changes principals is under way. All such commands of a node pass through its doors.
 */
export class PrincipalRevision {
  readonly #words: Int32Array;

  constructor(memory = PrincipalRevision.memory()) {
    this.#words = new Int32Array(memory);
  }

  static memory(): SharedArrayBuffer {
    return new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT);
  }

  get current(): number {
    return Atomics.load(this.#words, REVISION);
  }

  /** Runs what may change principals. */
  async whileChanging<T>(change: () => Promise<T>): Promise<T> {
    Atomics.add(this.#words, CHANGING, 1);
    try {
      return await change();
    } finally {
      Atomics.sub(this.#words, CHANGING, 1);
      Atomics.add(this.#words, REVISION, 1);
    }
  }

  /** To be called at each durable block, before anybody else is told of it. */
  onBlock(): void {
    if (Atomics.load(this.#words, CHANGING) > 0) Atomics.add(this.#words, REVISION, 1);
  }
}
