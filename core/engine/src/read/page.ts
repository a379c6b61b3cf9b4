import { READ_LIMITS } from './read-limits.ts';

/** Gathers the texts of one page of an answer. */
export class Page {
  readonly #texts: string[] = [];
  readonly #documentsMax: number;
  readonly #unitsMax: number;
  #units = 0;

  /** `limit`: documents the caller wants; undefined for a page of the usual size. */
  constructor(limit: number | undefined) {
    this.#documentsMax = limit ?? READ_LIMITS.pageDocuments;
    this.#unitsMax = limit === undefined ? READ_LIMITS.pageBytes : READ_LIMITS.answerBytes;
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
