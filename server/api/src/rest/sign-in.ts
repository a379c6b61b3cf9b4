import type { Credential, Database, Session } from '@aerolithdb/database';
import { AerolithError } from '@aerolithdb/protocol';

/**
 * Turns an `Authorization` header into a session, and remembers the last `capacity` of them: a password is hashed with argon2id
 * once, not for each request. Remembering is safe because a session is only a name: the database looks its rights up at each
 * use and answers `unauthenticated` once the principal is gone, changed or expired; `forget` then drops it here too.
 */
export class SignIn {
  readonly #database: Database;
  readonly #capacity: number;
  readonly #sessions = new Map<string, Session>();

  constructor(database: Database, capacity: number) {
    this.#database = database;
    this.#capacity = capacity;
  }

  remembered(header: string | undefined): Session | undefined {
    return header === undefined ? undefined : this.#sessions.get(header);
  }

  /** Throws `unauthenticated` and `overloaded`. */
  async authenticate(header: string | undefined, address: string | undefined): Promise<Session> {
    const session = await this.#database.authenticate(parseAuthorization(header, address));
    if (this.#sessions.size >= this.#capacity) this.#dropOldest();
    this.#sessions.set(header!, session);
    return session;
  }

  forget(header: string | undefined): void {
    if (header !== undefined) this.#sessions.delete(header);
  }

  #dropOldest(): void {
    for (const oldest of this.#sessions.keys()) {
      this.#sessions.delete(oldest);
      return;
    }
  }
}

/** Reads RFC 6750 `Bearer TOKEN` or RFC 7617 `Basic BASE64(user:password)`. Throws `unauthenticated`. */
export function parseAuthorization(header: string | undefined, address: string | undefined): Credential {
  const from = address === undefined ? {} : { from: address };
  if (header === undefined) throw refused('The request names nobody; send the header "Authorization: Bearer TOKEN".');
  const space = header.indexOf(' ');
  const scheme = header.slice(0, space).toLowerCase();
  const rest = header.slice(space + 1).trim();
  if (scheme === 'bearer' && rest !== '') return { kind: 'token', token: rest, ...from };
  if (scheme === 'basic') return { kind: 'password', ...userAndPassword(rest), ...from };
  throw refused('The Authorization header must be "Bearer TOKEN", or "Basic" with user and password.');
}

function userAndPassword(base64: string): { user: string; password: string } {
  const text = Buffer.from(base64, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  if (colon <= 0) throw refused('The Basic credential must be the base64 of user:password.');
  return { user: text.slice(0, colon), password: text.slice(colon + 1) };
}

function refused(message: string): AerolithError {
  return new AerolithError('unauthenticated', message);
}
