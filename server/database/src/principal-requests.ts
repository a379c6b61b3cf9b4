import { ROLES } from '@aerolithdb/engine/access';
import { AerolithError, assertPrincipalName, type Principal, type Role, suggestNearest } from '@aerolithdb/protocol';
import { DOOR_LIMITS } from './limits.ts';

export type NewUser = {
  readonly name: string;
  readonly password: string;
  /** Collection name, or `*`, to role. */
  readonly grants: Readonly<Record<string, Role>>;
  /** Milliseconds since 1970. */
  readonly expiresAt?: number;
};
export type NewToken = Omit<NewUser, 'password'>;
export type PrincipalInfo = Omit<Principal, 'secret'>;

/** Throws `invalid_name`, `invalid_request`. */
export function assertPrincipal({ name, grants, expiresAt }: NewToken): void {
  assertPrincipalName(name);
  if (Object.keys(grants).length === 0) throw invalid('Grant at least one role, on a collection or on *.');
  for (const [collection, role] of Object.entries(grants)) assertRole(collection, role);
  if (expiresAt !== undefined && !(Number.isSafeInteger(expiresAt) && expiresAt > 0)) {
    throw invalid('The time of expiry is a whole number of milliseconds since 1970.');
  }
}

/** Throws `invalid_request`. */
export function assertPassword(password: string): void {
  const { passwordLengthMin, secretLength } = DOOR_LIMITS;
  if (password.length >= passwordLengthMin && password.length <= secretLength) return;
  throw invalid(`A password has ${passwordLengthMin} to ${secretLength} characters.`);
}

export function withoutSecret({ secret: _secret, ...info }: Principal): PrincipalInfo {
  return info;
}

function assertRole(collection: string, role: string): void {
  if ((ROLES as readonly string[]).includes(role)) return;
  const nearest = suggestNearest(role, ROLES);
  const hint = nearest === undefined ? `Choose one of ${ROLES.join(', ')}.` : `Did you mean "${nearest}"?`;
  throw new AerolithError('invalid_request', `There is no role "${role}" (on "${collection}"). ${hint}`, { role, collection });
}

function invalid(message: string): AerolithError {
  return new AerolithError('invalid_request', message);
}
