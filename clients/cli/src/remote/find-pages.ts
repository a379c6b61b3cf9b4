import { arraySlices, objectSlices } from './json-slices.ts';
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

/** `more` says that documents follow after this page. */
export type Page = { readonly documents: readonly string[]; readonly height: number; readonly more: boolean };

const PAGE_DOCUMENTS = 1000;

/** The documents of a query as texts, page by page, at most `limit` in all. Follows the cursor. */
export async function* findPages(client: RestClient, collection: string, query: Query, limit?: number): AsyncGenerator<Page> {
  const pageLimit = Math.min(limit ?? PAGE_DOCUMENTS, PAGE_DOCUMENTS);
  const path = `${collectionPath(collection)}/find`;
  let cursor: string | undefined;
  let rest = limit ?? Number.POSITIVE_INFINITY;
  do {
    const { text } = await client.send({ method: 'POST', path, body: queryBody(query, { limit: String(pageLimit), cursor }) });
    const answer = objectSlices(text);
    const documents = arraySlices(answer.get('documents') ?? '[]');
    const next = answer.get('cursor');
    const isCut = documents.length > rest;
    yield {
      documents: isCut ? documents.slice(0, rest) : documents,
      height: Number(answer.get('height') ?? 0),
      more: isCut || (next !== undefined && next !== 'null'),
    };
    rest -= documents.length;
    cursor = next === 'null' ? undefined : next;
  } while (cursor !== undefined && rest > 0);
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
