import { arraySlices, objectSlices } from '@aerolithdb/protocol';
import type { Stored } from './types/document.ts';
import { plainOf } from './values.ts';

type VersionPlace = { readonly version: number; readonly height: number; readonly time: Date };

/** A version of a document: what a write made of it; nothing when it removed it. */
export type DocumentVersion<T> =
  | (VersionPlace & { readonly kind: 'insert' | 'replace' | 'update'; readonly document: Stored<T> })
  | (VersionPlace & { readonly kind: 'delete' });

/** `text`: the JSON of a history. */
export function versionsOf<T>(text: string): DocumentVersion<T>[] {
  return arraySlices(text).map((one) => {
    const { document, ...place } = Object.fromEntries(objectSlices(one));
    const plain = plainOf<{ time: number }>(`{${Object.entries(place).map(([name, value]) => `"${name}":${value}`)}}`);
    return {
      ...plain,
      time: new Date(plain.time),
      ...(document !== undefined && { document: plainOf<Stored<T>>(document) }),
    } as DocumentVersion<T>;
  });
}
