import type { Principal, Role } from '@aerolithdb/protocol';
import { strongest } from './role-table.ts';

/** The grant on this name holds for every collection, and for what belongs to none. */
export const EVERY_COLLECTION = '*';

/** The principal of that name. */
export function findPrincipal(principals: Iterable<Principal>, name: string): Principal | undefined {
  for (const principal of principals) if (principal.name === name) return principal;
  return undefined;
}

/** The role a principal has on a collection: the stronger of its grant on that name and its grant on `*`. */
export function roleFor(principal: Pick<Principal, 'grants'>, collection: string): Role | undefined {
  return strongest(grant(principal, collection), grant(principal, EVERY_COLLECTION));
}

/** Whether the principal's time is over. `now` is milliseconds since 1970, of the door's clock. */
export function hasExpired(principal: Pick<Principal, 'expiresAt'>, now: number): boolean {
  return principal.expiresAt !== undefined && now >= principal.expiresAt;
}

function grant(principal: Pick<Principal, 'grants'>, name: string): Role | undefined {
  return Object.hasOwn(principal.grants, name) ? principal.grants[name] : undefined;
}
