import { NotImplemented, type ReadAnswer, type StoredText } from '@aerolithdb/protocol';

/** The version that came with a document; 0 when there is none. Throws `not_implemented` where HTTP does not tell it. */
export function versionOf({ text, version }: ReadAnswer, id: StoredText): number {
  if (version !== undefined) return version;
  if (text === undefined) return 0;
  throw new NotImplemented(`The version of a document whose _id is ${id}, over HTTP,`);
}
