import { type Document, isDocument, typeName, type Value } from '@aerolithdb/protocol';

/** A path, in how many of the documents it is, and how often it has each type. */
export type PathShares = {
  readonly path: string;
  readonly documents: number;
  readonly types: readonly (readonly [type: string, count: number])[];
};

type Counted = { documents: number; lastSeen: number; readonly types: Map<string, number> };

const DEEPEST = 8;

/**
 * The paths of documents with the types of their values, in the order they are met. `tags[]` stands for the elements of an array;
 * a path counts once for a document, each of its values for its type.
 */
export function schemaShares(documents: readonly Document[]): PathShares[] {
  const paths = new Map<string, Counted>();
  for (const [index, document] of documents.entries()) count(document, { base: '', index, depth: 1, paths });
  return [...paths].map(([path, { documents: seen, types }]) => ({
    path,
    documents: seen,
    types: [...types].sort((a, b) => b[1] - a[1]),
  }));
}

type Walk = { readonly base: string; readonly index: number; readonly depth: number; readonly paths: Map<string, Counted> };

function count(document: Document, walk: Walk): void {
  for (const [name, value] of document) countValue(`${walk.base}${name}`, value, walk);
}

function countValue(path: string, value: Value, walk: Walk): void {
  const { index, depth, paths } = walk;
  const counted = paths.get(path) ?? { documents: 0, lastSeen: -1, types: new Map<string, number>() };
  paths.set(path, counted);
  if (counted.lastSeen !== index) counted.documents += 1;
  counted.lastSeen = index;
  const type = typeName(value);
  counted.types.set(type, (counted.types.get(type) ?? 0) + 1);
  if (depth >= DEEPEST) return;
  if (isDocument(value)) count(value, { ...walk, base: `${path}.`, depth: depth + 1 });
  if (Array.isArray(value)) for (const element of value) countValue(`${path}[]`, element, { ...walk, depth: depth + 1 });
}

/** Parts of a hundred, such as `98 %`; what is there and rounds to nothing is `<1 %`. */
export function share(part: number, whole: number): string {
  const percent = (part * 100) / whole;
  if (percent > 0 && percent < 1) return '<1 %';
  return percent > 99 && percent < 100 ? '99 %' : `${Math.round(percent)} %`;
}
