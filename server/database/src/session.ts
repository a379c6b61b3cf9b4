import type { Principal, Role } from '@aerolithdb/protocol';

/** The actor of what the node itself writes, and of code that runs in the node's own process. */
export const LOCAL_ACTOR = 'local';

/**
 * Someone the door knows. Only a `Database` makes one. What it may do is looked up at each use, so a removed, narrowed or
 * expired principal is refused from then on, whatever sessions it has open.
 */
export class Session {
  /** Name of the principal; the `actor` of its commands. */
  readonly name: string;
  readonly kind: Principal['kind'] | 'local';
  /** What proves that the principal of this name is still the same one. Absent for a local session. */
  readonly #secret: string | undefined;

  constructor(name: string, kind: Principal['kind'] | 'local', secret: string | undefined) {
    this.name = name;
    this.kind = kind;
    this.#secret = secret;
  }

  isOf(principal: Principal): boolean {
    return principal.secret === this.#secret;
  }
}

/** Everything, for code in the node's own process. */
export const LOCAL_GRANTS: Readonly<Record<string, Role>> = { '*': 'admin' };
