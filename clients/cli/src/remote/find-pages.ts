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

/** Documents of a page of a sort: more than it can hold, since without an index the sort is made anew for each page. */
const SORTED_PAGE = 1_000_000;

/** The documents of a query as texts, page by page, at most `limit` in all. Follows the cursor. */
export async function* findPages(client: RestClient, collection: string, query: Query, limit?: number): AsyncGenerator<Page> {
  const more = { limit: limit?.toString(), batchSize: query.sort === undefined ? undefined : String(SORTED_PAGE) };
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
