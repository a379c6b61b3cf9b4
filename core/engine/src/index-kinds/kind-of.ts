import { type IndexSpec, NotImplemented } from '@aerolithdb/protocol';
import { bitmapIndex } from './bitmap/bitmap-index.ts';
import type { IndexKind } from './index-kind.ts';
import { orderedIndex } from './ordered/ordered-index.ts';
import { sphereIndex } from './sphere/sphere-index.ts';
import { textIndex } from './text/text-index.ts';
import { vectorIndex } from './vector/vector-index.ts';

export type IndexKindName = 'ordered' | 'wildcard' | 'text' | '2dsphere' | 'bitmap' | 'vector';

const KINDS: Readonly<Partial<Record<IndexKindName, IndexKind>>> = {
  ordered: orderedIndex,
  text: textIndex,
  '2dsphere': sphereIndex,
  bitmap: bitmapIndex,
  vector: vectorIndex,
};

/** The kind of an index follows from its keys and from nothing else: the first that is not of plain order decides. */
export function kindNameOf({ keys }: Pick<IndexSpec, 'keys'>): IndexKindName {
  for (const [path, key] of keys) {
    if (typeof key === 'string') return key;
    if (path === '$**' || path.endsWith('.$**')) return 'wildcard';
  }
  return 'ordered';
}

/** Throws `not_implemented` for a kind that there is not yet. */
export function kindOf(spec: Pick<IndexSpec, 'keys'>): IndexKind {
  const name = kindNameOf(spec);
  const kind = KINDS[name];
  if (kind === undefined) throw new NotImplemented(`An index of the kind "${name}"`);
  return kind;
}
