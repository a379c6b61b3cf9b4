import { AerolithDatabase } from '@aerolithdb/client';
import { isCursor } from '../output/kinds.ts';
import { cursorMethods } from './methods.ts';
import type { Step } from './place.ts';

/** What an expression gives, as far as its text tells. */
export type Owner =
  | { readonly kind: 'database' | 'unknown' }
  | { readonly kind: 'collection' | 'cursor'; readonly collection: string }
  | { readonly kind: 'object'; readonly object: object };

const UNKNOWN: Owner = { kind: 'unknown' };

/** Follows a chain such as `db.cities.find(…).sort(…)`. Nothing is called, and no getter is read. */
export function ownerOf([root, ...steps]: readonly Step[], scope: object): Owner {
  if (root === undefined || root.called) return UNKNOWN;
  return steps.reduce(stepFrom, ownerOfValue(ownValue(scope, root.name) ?? ownValue(globalThis, root.name)));
}

function stepFrom(owner: Owner, { name, called, argument }: Step): Owner {
  switch (owner.kind) {
    case 'database':
      if (!called) return { kind: 'collection', collection: name };
      return name === 'collection' && argument !== undefined ? { kind: 'collection', collection: argument } : UNKNOWN;
    case 'collection':
      return name === 'find' && called ? { ...owner, kind: 'cursor' } : UNKNOWN;
    case 'cursor':
      return called && GIVES_CURSOR.test(name) && cursorMethods().includes(name) ? owner : UNKNOWN;
    case 'object':
      return called ? UNKNOWN : ownerOfValue(ownValue(owner.object, name));
    case 'unknown':
      return UNKNOWN;
  }
}

const GIVES_CURSOR = /^(sort|limit|skip|hint|at|project)$/;

function ownerOfValue(value: unknown): Owner {
  if (value instanceof AerolithDatabase) return { kind: 'database' };
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return UNKNOWN;
  if (isCursor(value)) return { kind: 'cursor', collection: '' };
  if ('insertOne' in value && 'name' in value) return { kind: 'collection', collection: String(value.name) };
  return { kind: 'object', object: value };
}

/** The value of a property that is no getter. */
function ownValue(object: object, name: string): unknown {
  return Object.getOwnPropertyDescriptor(object, name)?.value;
}
