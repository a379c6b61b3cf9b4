import { READ_LIMITS } from './read-limits.ts';

/** Gathers the texts of one page of an answer. */
export class Page {
  readonly #texts: string[] = [];
  readonly #documentsMax: number;
  readonly #unitsMax: number;
  #units = 0;

  constructor(left: number | undefined, batch: number | undefined) {
    this.#documentsMax = pageDocuments(left, batch);
    this.#unitsMax = left === undefined && batch === undefined ? READ_LIMITS.pageBytes : READ_LIMITS.answerBytes;
  }

  get count(): number {
    return this.#texts.length;
  }

  get isFull(): boolean {
    return this.#texts.length >= this.#documentsMax || this.#units >= this.#unitsMax;
  }

  add(text: string): void {
    this.#texts.push(text);
    this.#units += text.length;
  }

  /** A JSON array. */
  text(): string {
    return `[${this.#texts.join(',')}]`;
  }
}

/** Documents that a page holds at most. `left`: what a limit still leaves; `batch`: what the caller wants in one page. */
export function pageDocuments(left: number | undefined, batch: number | undefined): number {
  return Math.min(batch ?? left ?? READ_LIMITS.pageDocuments, left ?? Number.POSITIVE_INFINITY);
}
