/** One that was found: `order` decides between equal scores, the lower first. */
export type Scored<T> = { readonly item: T; readonly score: number; readonly order: number };

/** Keeps the best of what it is given: a heap with the worst of them on top. */
export class Nearest<T> {
  readonly #most: number;
  readonly #heap: Scored<T>[] = [];

  constructor(most: number) {
    this.#most = most;
  }

  get size(): number {
    return this.#heap.length;
  }

  add(item: T, score: number, order: number): void {
    const scored = { item, score, order };
    if (this.#heap.length < this.#most) {
      this.#heap.push(scored);
      this.#rise();
    } else if (this.#most > 0 && compareScored(scored, this.#heap[0]!) < 0) {
      this.#heap[0] = scored;
      this.#sink();
    }
  }

  /** The best first. */
  sorted(): Scored<T>[] {
    return this.#heap.toSorted(compareScored);
  }

  #rise(): void {
    const heap = this.#heap;
    for (let at = heap.length - 1; at > 0; ) {
      const parent = (at - 1) >> 1;
      if (compareScored(heap[at]!, heap[parent]!) <= 0) return;
      [heap[at], heap[parent]] = [heap[parent]!, heap[at]!];
      at = parent;
    }
  }

  #sink(): void {
    const heap = this.#heap;
    for (let at = 0; ; ) {
      const children = [2 * at + 1, 2 * at + 2].filter((child) => child < heap.length);
      const worst = children.reduce((a, b) => (compareScored(heap[b]!, heap[a]!) > 0 ? b : a), at);
      if (worst === at) return;
      [heap[at], heap[worst]] = [heap[worst]!, heap[at]!];
      at = worst;
    }
  }
}

function compareScored(a: Scored<unknown>, b: Scored<unknown>): number {
  return b.score - a.score || a.order - b.order;
}
