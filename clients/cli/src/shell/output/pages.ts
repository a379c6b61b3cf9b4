import { jsonText } from './json-text.ts';

export type PageOfTexts = { readonly texts: readonly string[]; readonly hasMore: boolean };

/** What is shown some at a time: the documents of a cursor, or of an array. */
export class Pages {
  readonly #iterator: AsyncIterator<unknown> | Iterator<unknown>;
  #ahead: IteratorResult<unknown> | undefined;

  constructor(source: AsyncIterable<unknown> | Iterable<unknown>) {
    this.#iterator = Symbol.asyncIterator in source ? source[Symbol.asyncIterator]() : source[Symbol.iterator]();
  }

  /** The next documents as JSON texts, and whether one more is there. */
  async next(size: number): Promise<PageOfTexts> {
    const texts: string[] = [];
    while (texts.length < size) {
      const { done, value } = await this.#take();
      if (done === true) return { texts, hasMore: false };
      texts.push(jsonText(value) ?? JSON.stringify(String(value)));
    }
    this.#ahead = await this.#iterator.next();
    return { texts, hasMore: this.#ahead.done !== true };
  }

  async #take(): Promise<IteratorResult<unknown>> {
    const taken = this.#ahead ?? (await this.#iterator.next());
    this.#ahead = undefined;
    return taken;
  }
}
