import type { Operation, ReadRequest, Role } from '@aerolithdb/protocol';

/** Everything that a principal can ask for, by one name each. */
export type Action =
  | Operation['type']
  | ReadRequest['kind']
  | 'watch'
  | 'describe'
  | 'listPrincipals'
  | 'listSlowReads'
  | 'allChanges'
  | 'backup';

/**
 * What an action needs. `collection`: the role on that collection (or on `*`). `everything`: the role on `*`.
 * A transaction and a bulk need what each of their operations needs.
 */
export type Requirement = { readonly role: Role; readonly on: 'collection' | 'everything' };

/** The one table of what each role may do. A role may do all that the roles before it may: reader, writer, owner, admin. */
export const ROLE_TABLE: Readonly<Record<Exclude<Action, 'transaction' | 'bulk'>, Requirement>> = {
  get: { role: 'reader', on: 'collection' },
  find: { role: 'reader', on: 'collection' },
  count: { role: 'reader', on: 'collection' },
  distinct: { role: 'reader', on: 'collection' },
  aggregate: { role: 'reader', on: 'collection' },
  history: { role: 'reader', on: 'collection' },
  changes: { role: 'reader', on: 'collection' },
  watch: { role: 'reader', on: 'collection' },
  describe: { role: 'reader', on: 'collection' },
  allChanges: { role: 'reader', on: 'everything' },
  block: { role: 'reader', on: 'everything' },
  insert: { role: 'writer', on: 'collection' },
  replace: { role: 'writer', on: 'collection' },
  update: { role: 'writer', on: 'collection' },
  delete: { role: 'writer', on: 'collection' },
  createIndex: { role: 'owner', on: 'collection' },
  dropIndex: { role: 'owner', on: 'collection' },
  alterIndex: { role: 'owner', on: 'collection' },
  alterCollection: { role: 'owner', on: 'collection' },
  dropCollection: { role: 'owner', on: 'collection' },
  createCollection: { role: 'admin', on: 'collection' },
  listPrincipals: { role: 'admin', on: 'everything' },
  listSlowReads: { role: 'admin', on: 'everything' },
  setPrincipal: { role: 'admin', on: 'everything' },
  removePrincipal: { role: 'admin', on: 'everything' },
  backup: { role: 'admin', on: 'everything' },
  buildIndex: { role: 'admin', on: 'everything' },
  expire: { role: 'admin', on: 'everything' },
};

const RANK: Readonly<Record<Role, number>> = { reader: 1, writer: 2, owner: 3, admin: 4 };

export const ROLES: readonly Role[] = ['reader', 'writer', 'owner', 'admin'];

/** Whether `held` may do what `needed` may. */
export function covers(held: Role, needed: Role): boolean {
  return RANK[held] >= RANK[needed];
}

/** The stronger of two roles. */
export function strongest(a: Role | undefined, b: Role | undefined): Role | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return covers(a, b) ? a : b;
}
