import type { AnyDocument } from '@aerolithdb/client';
import { suggestNearest } from '@aerolithdb/protocol';
import { checkedSize } from './batch-size.ts';
import type { Batching, Call } from './call.ts';
import { indexNameOf } from './index-name.ts';

export type Step = { readonly call: Call; readonly batching: Batching };

type Members = Readonly<Record<string, unknown>>;

/** Members beside the one that names the step. */
const STEPS: Readonly<Record<string, readonly string[]>> = {
  createCollection: ['schema', 'ifMissing'],
  alterCollection: ['schema'],
  dropCollection: [],
  createIndex: ['keys', 'name', 'unique'],
  dropIndex: ['name'],
  updateDocuments: ['update', 'filter', 'size'],
};

/** What is wrong with a migration file; whoever reads the file says which one. */
export class StepError extends Error {}

/** One step of a file. Throws a `StepError` that says what is wrong. */
export function parseStep(value: unknown): Step {
  const members = membersOf(value, 'A step');
  const kind = kindOf(members);
  const collection = textAt(members, kind, kind);
  const allowed = [kind, ...STEPS[kind]!];
  for (const name of Object.keys(members)) {
    if (!allowed.includes(name)) throw new StepError(unknownMember(name, allowed, kind));
  }
  const size = members.size === undefined ? undefined : checkedSize(Number(members.size));
  return { call: callOfMembers(kind, collection, members), batching: size === undefined ? {} : { size } };
}

function callOfMembers(kind: string, collection: string, members: Members): Call {
  switch (kind) {
    case 'createCollection': {
      const schema = members.schema === undefined ? {} : { schema: membersOf(members.schema, '"schema"') };
      return { kind, collection, ...schema, ...(isTrue(members, 'ifMissing') && { ifMissing: true }) };
    }
    case 'alterCollection': {
      if (members.schema === undefined) throw new StepError('"alterCollection" needs "schema": a JSON Schema, or null for none.');
      return { kind, collection, schema: members.schema === null ? null : membersOf(members.schema, '"schema"') };
    }
    case 'dropCollection':
      return { kind, collection };
    case 'createIndex': {
      const keys = parseKeys(membersOf(members.keys, '"keys"'));
      const name = members.name === undefined ? indexNameOf(keys) : textAt(members, 'name', kind);
      return { kind, collection, name, keys, ...(isTrue(members, 'unique') && { unique: true }) };
    }
    case 'dropIndex':
      return { kind, collection, name: textAt(members, 'name', kind) };
    default: {
      const filter = members.filter === undefined ? {} : { filter: membersOf(members.filter, '"filter"') };
      return { kind: 'updateDocuments', collection, ...filter, update: membersOf(members.update, '"update"') };
    }
  }
}

function kindOf(members: Members): string {
  const kind = Object.keys(members).find((name) => Object.hasOwn(STEPS, name));
  if (kind !== undefined) return kind;
  const [first = ''] = Object.keys(members);
  const nearest = suggestNearest(first, Object.keys(STEPS));
  const hint = nearest === undefined ? `it begins with one of ${Object.keys(STEPS).join(', ')}.` : `did you mean "${nearest}"?`;
  throw new StepError(`A step "${first}" is not known; ${hint}`);
}

function unknownMember(name: string, allowed: readonly string[], kind: string): string {
  const nearest = suggestNearest(name, allowed);
  const hint =
    nearest === undefined ? `it takes ${allowed.slice(1).join(', ') || 'nothing else'}.` : `did you mean "${nearest}"?`;
  return `"${kind}" takes no "${name}"; ${hint}`;
}

/** The members of a plain object, or of a document out of a JSON file, whose values keep their types. */
function membersOf(value: unknown, what: string): AnyDocument {
  if (value instanceof Map) return Object.fromEntries(value) as AnyDocument;
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  throw new StepError(`${what} must be an object.`);
}

/** The keys of an index. Throws a `StepError`. */
export function parseKeys(keys: AnyDocument): (readonly [string, 1 | -1])[] {
  const pairs = Object.entries(keys).map(([path, direction]) => {
    if (direction === 1 || direction === -1) return [path, direction] as const;
    throw new StepError(`The direction of "${path}" must be 1 or -1.`);
  });
  if (pairs.length === 0) throw new StepError('"keys" must name at least one path, such as {"email": 1}.');
  return pairs;
}

function textAt(members: Members, name: string, kind: string): string {
  const value = members[name];
  if (typeof value === 'string' && value !== '') return value;
  throw new StepError(
    name === kind ? `"${kind}" must name a collection, such as "people".` : `"${kind}" needs "${name}": a text.`,
  );
}

function isTrue(members: Members, name: string): boolean {
  const value = members[name];
  if (value === undefined || typeof value === 'boolean') return value === true;
  throw new StepError(`"${name}" must be true or false.`);
}
