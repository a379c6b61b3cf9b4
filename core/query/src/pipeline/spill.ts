import { type Document, parseDocument, toStored } from '@aerolithdb/protocol';

/** Where a run puts what its memory does not hold. Whoever makes the run closes it, and with it all its files. */
export interface Spill {
  /** A new file. Throws `pipeline_too_large` when the run has written as much as it may. */
  create(): SpillFile;
}

/** Texts, written one after the other and then read in the same order, once. */
export interface SpillFile {
  append(text: string): void;
  /** To be read after the last `append`. The file is gone when all is read, or when the reading is given up. */
  read(): Iterable<string>;
}

/** Documents in a file, in the order in which they were written. */
export class SpilledDocuments {
  readonly #file: SpillFile;
  #count = 0;

  constructor(spill: Spill) {
    this.#file = spill.create();
  }

  get count(): number {
    return this.#count;
  }

  append(document: Document): void {
    this.#file.append(toStored(document));
    this.#count++;
  }

  *read(): Generator<Document> {
    for (const text of this.#file.read()) yield parseDocument(text);
  }
}
