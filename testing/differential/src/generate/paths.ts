import type { Document, Value } from '@aerolithdb/protocol';
import { valuesAtPath } from '@aerolithdb/query';
import type { Values } from './values.ts';

const PATHS = [
  'a',
  'a',
  'b',
  'b',
  'c',
  'd',
  'n',
  'n',
  'c.x',
  'c.x',
  'c.y',
  'b.x',
  'd.x',
  'b.0',
  'b.1',
  'b.0.x',
  'c.x.0',
  'b.x.y',
  '_id',
  'none',
];

/** What the parts of a query are drawn from: chance, and documents, so that half of the operands are values that occur. */
export type Source = { readonly values: Values; readonly documents: readonly Document[] };

export function randomPath({ values }: Source): string {
  return values.chance.pick(PATHS);
}

/** A value to compare with what stands at the path. */
export function operand({ values, documents }: Source, path: string): Value {
  const { chance } = values;
  if (chance.hits(0.6) && documents.length > 0) {
    const document = chance.pick(documents);
    const whole = document.get(path);
    const found = [...valuesAtPath(document, path.split('.')), ...(whole === undefined ? [] : [whole])];
    if (found.length > 0) return chance.pick(found);
  }
  return chance.hits(0.8) ? values.scalar() : values.any();
}
