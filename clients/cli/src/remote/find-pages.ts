import { arraySlices, objectSlices } from '@aerolithdb/protocol';
import { collectionPath } from './paths.ts';
import { requestBody } from './request-body.ts';
import type { RestClient } from './rest-client.ts';

/** What to find: filter, projection and sort are JSON texts that go out as they are. */
export type Query = {
  readonly filter?: string;
  readonly projection?: string;
  readonly sort?: string;
  readonly skip?: number;
  readonly hint?: string;
  /** A height (`1204`) or an RFC 3339 time. */
  readonly at?: string;
};

export type Page = { readonly documents: readonly string[]; readonly height: number };

/** Documents of a page: for who reads all of them, and more than a page can hold for a sort, which without an index is made anew for each page. */
const PAGE = { whole: 10_000, sorted: 1_000_000 } as const;

/**
 * The documents of a query as texts, page by page, at most `limit` in all. Follows the cursor. Who reads the whole gets large pages.
 */
export async function* findPages(
  client: RestClient,
  collection: string,
  query: Query,
  limit?: number,
  reads: 'pages' | 'whole' = 'pages',
): AsyncGenerator<Page> {
  const batch = query.sort === undefined ? (reads === 'whole' ? PAGE.whole : undefined) : PAGE.sorted;
  const more = { limit: limit?.toString(), batchSize: batch?.toString() };
  const path = `${collectionPath(collection)}/find`;
  let cursor: string | undefined;
  do {
    const { text } = await client.send({ method: 'POST', path, body: queryBody(query, { ...more, cursor }) });
    const answer = objectSlices(text);
    cursor = answer.get('cursor');
    yield { documents: arraySlices(answer.get('documents') ?? '[]'), height: Number(answer.get('height') ?? 0) };
  } while (cursor !== undefined);
}

/** The body of a find, count or distinct; `more` holds further members as JSON texts. */
export function queryBody(query: Query, more: Readonly<Record<string, string | undefined>> = {}): string {
  return requestBody({
    filter: query.filter,
    projection: query.projection,
    sort: query.sort,
    skip: query.skip === undefined ? undefined : String(query.skip),
    hint: query.hint === undefined ? undefined : JSON.stringify(query.hint),
    at: atText(query.at),
    ...more,
  });
}

function atText(at: string | undefined): string | undefined {
  if (at === undefined) return undefined;
  return /^\d{1,15}$/.test(at) ? at : JSON.stringify(at);
}
