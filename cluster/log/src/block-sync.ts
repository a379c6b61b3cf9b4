export type BlockSyncOptions<Block> = {
  /** Resolves when this block and all before it are on the disk. Not called again before that. */
  readonly flush: (block: Block) => Promise<void>;
  /** These are durable now, in their order. */
  readonly onDurable: (blocks: readonly Block[]) => void;
  /** A flush failed: whether its blocks and those that came meanwhile are on the disk is unknown. Said once. */
  readonly onFailure: (thrown: unknown) => void;
};

/**
 * Makes committed blocks durable beside the machine, which applies the next ones meanwhile. One flush is in progress at a time and serves
 * all blocks that were committed before it began.
 */
export class BlockSync<Block> {
  readonly #options: BlockSyncOptions<Block>;
  #waiting: Block[] = [];
  #isRunning = false;
  #hasFailed = false;

  constructor(options: BlockSyncOptions<Block>) {
    this.#options = options;
  }

  add(block: Block): void {
    this.#waiting.push(block);
    this.#next();
  }

  #next(): void {
    const last = this.#waiting.at(-1);
    if (this.#isRunning || this.#hasFailed || last === undefined) return;
    const blocks = this.#waiting;
    this.#waiting = [];
    this.#isRunning = true;
    this.#options.flush(last).then(
      () => this.#end(blocks),
      (thrown) => this.#fail(thrown),
    );
  }

  #end(blocks: readonly Block[]): void {
    this.#isRunning = false;
    this.#next();
    this.#options.onDurable(blocks);
  }

  #fail(thrown: unknown): void {
    this.#isRunning = false;
    this.#hasFailed = true;
    this.#options.onFailure(thrown);
  }
}
