import { type Decision, hasExpired } from '@aerolithdb/engine/access';
import { AerolithError, NotImplemented, type Principal } from '@aerolithdb/protocol';
import type { PrincipalDirectory } from './principal-directory.ts';
import { LOCAL_GRANTS, type Session } from './session.ts';

type Granted = Pick<Principal, 'grants'>;

const LOCAL: Granted = { grants: LOCAL_GRANTS };

/** May this session do it? Looked up at each use, so a change of grants holds from then on. */
export class Gate {
  readonly #directory: PrincipalDirectory;
  readonly #now: () => number;

  constructor(directory: PrincipalDirectory, now: () => number) {
    this.#directory = directory;
    this.#now = now;
  }

  /** The grants the session has now. Throws `unauthenticated` when its principal is gone, changed or expired. */
  grantsOf(session: Session): Granted {
    if (session.kind === 'local') return LOCAL;
    const principal = this.#directory.get(session.name);
    if (principal !== undefined && session.isOf(principal) && !hasExpired(principal, this.#now())) return principal;
    throw new AerolithError(
      'unauthenticated',
      `The ${session.kind} "${session.name}" has expired or was removed; sign in again.`,
    );
  }

  /** Throws `forbidden` or `unauthenticated` unless `decide` allows it. */
  assert(session: Session, decide: (granted: Granted) => Decision): void {
    const decision = decide(this.grantsOf(session));
    if (!decision.allowed) throw forbidden(session, decision);
    if (decision.rows !== undefined) throw new NotImplemented('A row rule');
  }

  allows(session: Session, decide: (granted: Granted) => Decision): boolean {
    const decision = decide(this.grantsOf(session));
    return decision.allowed && decision.rows === undefined;
  }
}

function forbidden(session: Session, { action, needed, on }: Extract<Decision, { allowed: false }>): AerolithError {
  const where = on === '*' ? 'all collections' : `"${on}"`;
  const message = `"${session.name}" may not ${action}: that needs the role ${needed} on ${where}. Ask an admin for the grant.`;
  return new AerolithError('forbidden', message, { action, role: needed, collection: on });
}
