import {
  AerolithError,
  type AggregateRequest,
  arraySlices,
  type ExplainLevel,
  type Explanation,
  type ReadAnswer,
} from '@aerolithdb/protocol';
import { CALL_OPTIONS, type CallOptions } from './calls.ts';
import { instant } from './find-cursor.ts';
import { INSPECT } from './inspect.ts';
import { assertKnownNames } from './known-names.ts';
import type { Link } from './link.ts';
import { plainItems, plainOf, storedValue } from './values.ts';

export type AggregateOptions = CallOptions & {
  /** Name of the index to use for the front of the pipeline, or `$natural` for none. */
  readonly hint?: string | undefined;
  /** The state to read: a height, or a time. Now when absent. */
  readonly at?: number | Date | undefined;
  /** false: a pipeline that memory does not hold is refused; else its stages write into files. */
  readonly allowDiskUse?: boolean | undefined;
};

const AGGREGATE_OPTIONS = ['hint', 'at', 'allowDiskUse', ...CALL_OPTIONS] as const;

/** Stages, each an object with one field: `[{ $match: { country: 'NO' } }, { $count: 'cities' }]`. */
export type Pipeline = readonly Readonly<Record<string, unknown>>[];

/**
 * The documents that a pipeline gives. It runs when they are asked for: by `for await`, `toArray` or `first`, once for each. Throws
 * `unknown_collection`, `invalid_pipeline`, `unknown_operator`, `pipeline_too_large`, `answer_too_large` and other codes of a read.
 */
export class AggregateCursor<R> implements AsyncIterable<R> {
  readonly #link: Link;
  readonly #collection: string;
  readonly #pipeline: Pipeline;
  readonly #options: AggregateOptions;

  constructor(link: Link, collection: string, pipeline: Pipeline, options: AggregateOptions) {
    this.#link = link;
    this.#collection = collection;
    this.#pipeline = pipeline;
    this.#options = options;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<R, void, void> {
    const { text = '[]' } = await this.#read();
    for (const document of arraySlices(text)) yield plainOf<R>(document);
  }

  /** All documents. */
  async toArray(): Promise<R[]> {
    const { text = '[]' } = await this.#read();
    return plainItems<R>(text);
  }

  /** The first document; null when there is none. */
  async first(): Promise<R | null> {
    for await (const document of this) return document;
    return null;
  }

  /** Where each stage ran, and the plan of those that select documents. */
  async explain(level: ExplainLevel = 'executionStats'): Promise<Explanation> {
    const { explain } = await this.#read({ explain: level });
    return explain ?? { access: 'history' };
  }

  toString(): string {
    return `AggregateCursor(${this.#collection}, ${storedValue(this.#pipeline)})`;
  }

  [INSPECT](): string {
    return this.toString();
  }

  async #read(more: Pick<AggregateRequest, 'explain'> = {}): Promise<ReadAnswer> {
    if (!Array.isArray(this.#pipeline)) throw new AerolithError('invalid_pipeline', 'A pipeline is an array of stages.', {});
    assertKnownNames(this.#options, AGGREGATE_OPTIONS, 'aggregate', 'invalid_request');
    const { calls, transport } = this.#link;
    const { hint, at, allowDiskUse } = this.#options;
    const request: AggregateRequest = {
      kind: 'aggregate',
      collection: this.#collection,
      pipeline: storedValue(this.#pipeline),
      ...(hint !== undefined && { hint }),
      ...(at !== undefined && { at: instant(at) }),
      ...(allowDiskUse !== undefined && { allowDiskUse }),
      ...more,
    };
    return calls.run(this.#options, (ending) => transport.read(request, ending));
  }
}
