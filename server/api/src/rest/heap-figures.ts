import { getHeapStatistics } from 'node:v8';

/** Heap in use by the doors of a node, each of which knows only its own. */
export class HeapFigures {
  readonly #bytes: Float64Array;
  readonly #place: number;

  constructor(memory: SharedArrayBuffer, place: number) {
    this.#bytes = new Float64Array(memory);
    this.#place = place;
  }

  update(): void {
    this.#bytes[this.#place] = getHeapStatistics().used_heap_size;
  }

  /** In bytes; of the other doors, when they last updated it. */
  total(): number {
    this.update();
    return this.#bytes.reduce((sum, bytes) => sum + bytes, 0);
  }
}
