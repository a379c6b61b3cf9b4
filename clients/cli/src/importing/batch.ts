import { LIMITS } from '@aerolithdb/protocol';
import type { SourceRecord } from './record.ts';

/** A document ready to be sent, with where it came from. */
export type Prepared = { readonly text: string; readonly bytes: number; readonly source: SourceRecord };

export type Batch = { readonly number: number; readonly documents: readonly Prepared[] };

/** Texts grow a little in stored form; a quarter is kept free for it. */
const BATCH_BYTES = Math.floor(LIMITS.commandBytes * 0.75);

/** Gathers documents into batches within the limits of one command. */
export class Batcher {
  #documents: Prepared[] = [];
  #bytes = 0;
  #number = 0;

  /** The batch that was full before this document, if any. */
  add(text: string, source: SourceRecord): Batch | undefined {
    const bytes = Buffer.byteLength(text) + 1;
    const isFull = this.#documents.length >= LIMITS.batchDocuments || this.#bytes + bytes > BATCH_BYTES;
    const full = isFull ? this.take() : undefined;
    this.#documents.push({ text, bytes, source });
    this.#bytes += bytes;
    return full;
  }

  /** What is gathered so far, if anything. */
  take(): Batch | undefined {
    if (this.#documents.length === 0) return undefined;
    const batch = { number: this.#number, documents: this.#documents };
    this.#number += 1;
    this.#documents = [];
    this.#bytes = 0;
    return batch;
  }
}
