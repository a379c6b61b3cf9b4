import { arraySlices, objectSlices, type StoredText } from '@aerolithdb/protocol';
import type { CallOptions } from './calls.ts';
import type { Link } from './link.ts';
import { storedFilter, storedObject } from './values.ts';
import { versionOf } from './versions.ts';

export type MatchOptions = CallOptions & { readonly sort?: object | undefined };

/** A document that a filter selected, with the version it had at the height at which it matched. */
export type Match = { readonly id: StoredText; readonly version: number; readonly text: string };

/** The first document that a filter selects; undefined when there is none. */
export async function firstMatch(
  { calls, transport }: Link,
  collection: string,
  filter: object,
  options: MatchOptions,
): Promise<Match | undefined> {
  const find = {
    kind: 'find',
    collection,
    filter: storedFilter(filter),
    projection: '{"_id":1}',
    limit: 1,
    ...(options.sort !== undefined && { sort: storedObject(options.sort, 'A sort') }),
  } as const;
  const { text = '[]', height } = await calls.run(options, (ending) => transport.read(find, ending));
  const id = objectSlices(arraySlices(text)[0] ?? '').get('_id');
  if (id === undefined) return undefined;
  const get = { kind: 'get', collection, id, at: { height } } as const;
  const found = await calls.run(options, (ending) => transport.read(get, ending));
  return found.text === undefined ? undefined : { id, version: versionOf(found), text: found.text };
}
