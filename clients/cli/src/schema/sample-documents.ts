import { type Document, parseDocument } from '@aerolithdb/protocol';
import { numberIn, parseAnswer } from '../remote/answers.ts';
import { findPages } from '../remote/find-pages.ts';
import { collectionPath } from '../remote/paths.ts';
import type { RestClient } from '../remote/rest-client.ts';

/** Places of a collection that a sample is taken from, so that it is not all of one age. */
const PLACES = 20;

export async function documentCount(client: RestClient, collection: string): Promise<number> {
  return numberIn(parseAnswer((await client.send({ path: collectionPath(collection) })).text), 'documents');
}

/** Up to `most` documents: all when there are no more, else stretches from evenly spread places. */
export async function* sampleDocuments(
  client: RestClient,
  collection: string,
  documents: number,
  most: number,
): AsyncGenerator<Document> {
  for (const { skip, limit } of stretches(documents, most)) {
    for await (const page of findPages(client, collection, { skip }, limit)) {
      for (const text of page.documents) yield parseDocument(text);
    }
  }
}

/** Parts of a collection that do not overlap, `most` documents in all. */
export function stretches(documents: number, most: number): { readonly skip: number; readonly limit: number }[] {
  if (most >= documents) return [{ skip: 0, limit: Math.max(1, documents) }];
  const places = Math.min(PLACES, most);
  return Array.from({ length: places }, (_, place) => {
    const from = Math.floor((place * most) / places);
    const limit = Math.floor(((place + 1) * most) / places) - from;
    const spare = documents - most;
    return { skip: from + Math.floor(places === 1 ? 0 : (spare * place) / (places - 1)), limit };
  });
}
