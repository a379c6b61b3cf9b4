import { timingSafeEqual } from 'node:crypto';
import type { Principal } from '@aerolithdb/protocol';

/** Hexadecimal digits of a token's hash by which it is found; the rest is compared in constant time. */
const PREFIX_DIGITS = 16;

/**
 * The principals of the catalogue, by name and by token. They are read anew after each block that may have changed one: those that
 * become durable while a command that changes principals is under way. All such commands of a node pass through its door.
 */
export class PrincipalDirectory {
  readonly #read: () => readonly Principal[];
  #byName: ReadonlyMap<string, Principal> | undefined;
  #byTokenPrefix: ReadonlyMap<string, Principal> = new Map();

  #changing = 0;

  constructor(read: () => readonly Principal[]) {
    this.#read = read;
  }

  /** Runs what may change principals. */
  async whileChanging<T>(change: () => Promise<T>): Promise<T> {
    this.#changing += 1;
    try {
      return await change();
    } finally {
      this.#changing -= 1;
      this.refresh();
    }
  }

  /** To be called at each durable block. */
  onBlock(): void {
    if (this.#changing > 0) this.refresh();
  }

  refresh(): void {
    this.#byName = undefined;
  }

  get(name: string): Principal | undefined {
    return this.#names().get(name);
  }

  all(): Principal[] {
    return [...this.#names().values()];
  }

  /** `tokenHash`: hexadecimal SHA-256 of a token. */
  byTokenHash(tokenHash: string): Principal | undefined {
    this.#names();
    const principal = this.#byTokenPrefix.get(tokenHash.slice(0, PREFIX_DIGITS));
    if (principal === undefined || principal.secret.length !== tokenHash.length) return undefined;
    return timingSafeEqual(Buffer.from(principal.secret), Buffer.from(tokenHash)) ? principal : undefined;
  }

  #names(): ReadonlyMap<string, Principal> {
    if (this.#byName !== undefined) return this.#byName;
    const principals = this.#read();
    const tokens = principals.filter(({ kind }) => kind === 'token');
    this.#byTokenPrefix = new Map(tokens.map((principal) => [principal.secret.slice(0, PREFIX_DIGITS), principal]));
    this.#byName = new Map(principals.map((principal) => [principal.name, principal]));
    return this.#byName;
  }
}
