import { type At, arraySlices, type ExplainLevel, type Explanation, type FindRequest } from '@aerolithdb/protocol';
import { CALL_OPTIONS, type CallOptions } from './calls.ts';
import { INSPECT } from './inspect.ts';
import { assertKnownNames } from './known-names.ts';
import type { Link } from './link.ts';
import type { Filter } from './types/filter.ts';
import type { KnownPaths, Projected, Projection } from './types/projection.ts';
import type { Sort } from './types/sort.ts';
import { plainOf, storedFilter, storedObject } from './values.ts';

/** More documents than a page holds: the pages of a sorted query are as large as they may be, since without an index each is sorted anew. */
const SORTED_PAGE = 1_000_000;

export type FindOptions<T> = CallOptions & {
  readonly sort?: Sort<T> | undefined;
  /** Documents at most; 0 is no limit. */
  readonly limit?: number | undefined;
  /** Documents to leave out at the beginning. */
  readonly skip?: number | undefined;
  /** Name of the index to use, or `$natural` for none. */
  readonly hint?: string | undefined;
  /** The state to read: a height, or a time. Now when absent. */
  readonly at?: number | Date | undefined;
};

const FIND_OPTIONS = ['projection', 'sort', 'limit', 'skip', 'hint', 'at', ...CALL_OPTIONS] as const;

type Query<T> = FindOptions<T> & { readonly projection?: object | undefined };

/**
 * The documents of a query. Nothing is asked for until they are: by `for await`, which fetches the next page only when the one
 * before is used up, or by `toArray`, `first`, `count` or `explain`. `sort`, `limit`, `skip`, `project`, `hint` and `at` give a new
 * cursor and leave this one as it is. Throws `unknown_collection`, `invalid_filter`, `unknown_operator` and other codes of a read.
 */
export class FindCursor<T, R> implements AsyncIterable<R> {
  readonly #link: Link;
  readonly #collection: string;
  readonly #filter: Filter<T>;
  readonly #query: Query<T>;

  constructor(link: Link, collection: string, filter: Filter<T>, query: Query<T>) {
    this.#link = link;
    this.#collection = collection;
    this.#filter = filter;
    this.#query = query;
  }

  sort(sort: Sort<T>): FindCursor<T, R> {
    return this.#with({ sort });
  }

  limit(limit: number): FindCursor<T, R> {
    return this.#with({ limit });
  }

  skip(skip: number): FindCursor<T, R> {
    return this.#with({ skip });
  }

  hint(hint: string): FindCursor<T, R> {
    return this.#with({ hint });
  }

  at(at: number | Date): FindCursor<T, R> {
    return this.#with({ at });
  }

  project<const P extends Projection<T>>(projection: P & KnownPaths<T, P>): FindCursor<T, Projected<T, P>> {
    return new FindCursor(this.#link, this.#collection, this.#filter, { ...this.#query, projection });
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<R, void, void> {
    let cursor: string | undefined;
    do {
      const request: FindRequest = { ...this.#request(), ...(cursor !== undefined && { cursor }) };
      const page = await this.#read(request);
      for (const text of arraySlices(page.text ?? '[]')) yield plainOf<R>(text);
      cursor = page.cursor;
    } while (cursor !== undefined);
  }

  /** All documents, held in memory at once. */
  async toArray(): Promise<R[]> {
    const documents: R[] = [];
    for await (const document of this) documents.push(document);
    return documents;
  }

  /** The first document; null when there is none. */
  async first(): Promise<R | null> {
    const page = await this.#read({ ...this.#request(), limit: 1 });
    const [text] = arraySlices(page.text ?? '[]');
    return text === undefined ? null : plainOf<R>(text);
  }

  /** How many documents there are, within limit and skip. */
  async count(): Promise<number> {
    const { projection: _projection, sort: _sort, limit: _limit, batchSize: _batchSize, ...rest } = this.#request();
    const { limit } = this.#query;
    const answer = await this.#read({ ...rest, kind: 'count', ...(limit !== undefined && { limit }) });
    return answer.count ?? 0;
  }

  /** How the query is carried out: which index, the SQL, what was read and what was expected. */
  async explain(level: ExplainLevel = 'executionStats'): Promise<Explanation> {
    const { explain } = await this.#read({ ...this.#request(), explain: level });
    return explain ?? { access: 'history' };
  }

  toString(): string {
    const shown = { filter: this.#filter, ...this.#query, signal: undefined };
    return `FindCursor(${this.#collection}, ${JSON.stringify(shown, showMaps)})`;
  }

  [INSPECT](): string {
    return this.toString();
  }

  #with(more: Query<T>): FindCursor<T, R> {
    return new FindCursor(this.#link, this.#collection, this.#filter, { ...this.#query, ...more });
  }

  #read(request: Parameters<Link['transport']['read']>[0]) {
    const { calls, transport } = this.#link;
    return calls.run(this.#query, (ending) => transport.read(request, ending));
  }

  #request(): FindRequest {
    assertKnownNames(this.#query, FIND_OPTIONS, 'find', 'invalid_request');
    const { projection, sort, limit, skip, hint, at } = this.#query;
    return {
      kind: 'find',
      collection: this.#collection,
      filter: storedFilter(this.#filter),
      ...(projection !== undefined && { projection: storedObject(projection, 'A projection') }),
      ...(sort !== undefined && { sort: storedObject(sort, 'A sort') }),
      ...(limit !== undefined && { limit }),
      ...(sort !== undefined && { batchSize: SORTED_PAGE }),
      ...(skip !== undefined && { skip }),
      ...(hint !== undefined && { hint }),
      ...(at !== undefined && { at: instant(at) }),
    };
  }
}

/** A height, or a time. */
export function instant(at: number | Date): At {
  return at instanceof Date ? { time: at.getTime() } : { height: at };
}

function showMaps(_name: string, value: unknown): unknown {
  if (typeof value === 'bigint') return String(value);
  if (value instanceof RegExp) return String(value);
  return value instanceof Map ? Object.fromEntries(value) : value;
}
