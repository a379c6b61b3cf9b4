import { hasExpired } from '@aerolithdb/engine/access';
import { AerolithError, type Principal } from '@aerolithdb/protocol';
import type { Credential, PasswordCredential, TokenCredential } from './credential.ts';
import { digest } from './digest.ts';
import { DOOR_LIMITS } from './limits.ts';
import type { PrincipalDirectory } from './principal-directory.ts';
import type { SecretChecks } from './secret-checks.ts';
import { Session } from './session.ts';

/** Says who shows a credential. Secrets are never kept: not in memory, where their SHA-256 stands for them, and not in messages. */
export class Authenticator {
  readonly #directory: PrincipalDirectory;
  readonly #secrets: SecretChecks;
  readonly #now: () => number;
  /** By digest of the credential; right as long as the principal's secret is the same. */
  readonly #remembered = new Map<string, Session>();

  constructor(directory: PrincipalDirectory, secrets: SecretChecks, now: () => number) {
    this.#directory = directory;
    this.#secrets = secrets;
    this.#now = now;
  }

  /** Throws `unauthenticated`; `overloaded` after too many failures or with too many passwords waiting. */
  async authenticate(credential: Credential): Promise<Session> {
    const secret = credential.kind === 'token' ? credential.token : credential.password;
    if (secret.length > DOOR_LIMITS.secretLength) throw refused();
    return credential.kind === 'token' ? this.#byToken(credential) : this.#byPassword(credential);
  }

  async #byToken({ token, from = '' }: TokenCredential): Promise<Session> {
    const tokenHash = digest(token);
    const remembered = this.#remembered.get(tokenHash);
    if (remembered !== undefined && this.holds(remembered)) return remembered;
    const principal = this.#directory.byTokenHash(tokenHash);
    if (principal !== undefined) return this.#accept(principal, tokenHash);
    await this.#secrets.attempt(digest('token', from));
    throw refused();
  }

  async #byPassword({ user, password, from = '' }: PasswordCredential): Promise<Session> {
    const key = digest('password', user, password);
    const remembered = this.#remembered.get(key);
    if (remembered !== undefined && this.holds(remembered)) return remembered;
    const attempts = digest('password', user, from);
    // Counted before the hash is known, so that many attempts at once are counted too.
    await this.#secrets.attempt(attempts);
    const found = this.#directory.get(user);
    const principal = found?.kind === 'user' ? found : undefined;
    if (!(await this.#secrets.matches(password, principal?.secret)) || principal === undefined) throw refused();
    await this.#secrets.forget(attempts);
    return this.#accept(principal, key);
  }

  /** Whether the session's principal is still the same and has not expired. */
  holds(session: Session): boolean {
    const principal = this.#directory.get(session.name);
    return principal !== undefined && session.isOf(principal) && !hasExpired(principal, this.#now());
  }

  #accept(principal: Principal, key: string): Session {
    if (hasExpired(principal, this.#now())) {
      throw new AerolithError('unauthenticated', `The ${principal.kind} "${principal.name}" has expired; ask for a new one.`);
    }
    const session = new Session(principal.name, principal.kind, principal.secret);
    if (this.#remembered.size >= DOOR_LIMITS.rememberedCredentials)
      this.#remembered.delete(this.#remembered.keys().next().value!);
    this.#remembered.set(key, session);
    return session;
  }
}

function refused(): AerolithError {
  return new AerolithError('unauthenticated', 'The token, or the user name and password, are not right.');
}
