import { AerolithError } from '@aerolithdb/protocol';
import { hash, verify } from '@node-rs/argon2';
import { DOOR_LIMITS } from './limits.ts';

/** What a password is compared with when the user does not exist, so that the answer takes as long. */
const NOBODY = '$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5bm9ib2R5bm9ibw$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA';

/** argon2id on other threads, a few at a time. */
export class PasswordHashing {
  #running = 0;
  readonly #waiting: (() => void)[] = [];

  /** PHC string of a password. `salt` is 16 bytes, unique for each user and password. */
  async hash(password: string, salt: Uint8Array): Promise<string> {
    return this.#inTurn(() => hash(password, { salt }));
  }

  /** Whether the password is the one behind the PHC string; without a string it is not, after the same time. */
  async matches(password: string, phc: string | undefined): Promise<boolean> {
    const same = await this.#inTurn(() => verify(phc ?? NOBODY, password));
    return same && phc !== undefined;
  }

  async #inTurn<T>(work: () => Promise<T>): Promise<T> {
    await this.#turn();
    try {
      return await work();
    } finally {
      this.#release();
    }
  }

  /** The next one in line takes the place over. */
  #release(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#running -= 1;
    else next();
  }

  async #turn(): Promise<void> {
    if (this.#running < DOOR_LIMITS.passwordChecks) {
      this.#running += 1;
      return;
    }
    if (this.#waiting.length >= DOOR_LIMITS.passwordChecksWaiting) {
      throw new AerolithError('overloaded', 'Too many passwords are being checked; try again, or use a token.');
    }
    await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }
}
