import { FailedAttempts } from './failed-attempts.ts';
import { PasswordHashing } from './password-hashing.ts';

/** What the doors of a node must do in one place, or secrets could be tried at each door anew. */
export interface SecretChecks {
  /** Counts an attempt to show a secret. Throws `overloaded` after too many. */
  attempt(key: string): Promise<void>;
  /** The attempt was right: those of its key are forgotten. */
  forget(key: string): Promise<void>;
  /** As `PasswordHashing`. */
  hash(password: string, salt: Uint8Array): Promise<string>;
  matches(password: string, phc: string | undefined): Promise<boolean>;
}

/** The one place. `now`: milliseconds since 1970. */
export class LocalSecretChecks implements SecretChecks {
  readonly #failed: FailedAttempts;
  readonly #passwords = new PasswordHashing();

  constructor(now: () => number) {
    this.#failed = new FailedAttempts(now);
  }

  async attempt(key: string): Promise<void> {
    this.#failed.assertFew(key);
    this.#failed.add(key);
  }

  async forget(key: string): Promise<void> {
    this.#failed.forget(key);
  }

  hash(password: string, salt: Uint8Array): Promise<string> {
    return this.#passwords.hash(password, salt);
  }

  matches(password: string, phc: string | undefined): Promise<boolean> {
    return this.#passwords.matches(password, phc);
  }
}
