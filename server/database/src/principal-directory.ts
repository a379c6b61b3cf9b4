import { timingSafeEqual } from 'node:crypto';
import type { Principal } from '@aerolithdb/protocol';
import type { PrincipalRevision } from './principal-revision.ts';

/** Hexadecimal digits of a token's hash by which it is found; the rest is compared in constant time. */
const PREFIX_DIGITS = 16;

/** The principals of the catalogue, by name and by token, as of the last revision. */
export class PrincipalDirectory {
  readonly #read: () => readonly Principal[];
  readonly #revision: PrincipalRevision;
  #readAt: number | undefined;
  #byName: ReadonlyMap<string, Principal> = new Map();
  #byTokenPrefix: ReadonlyMap<string, Principal> = new Map();

  constructor(read: () => readonly Principal[], revision: PrincipalRevision) {
    this.#read = read;
    this.#revision = revision;
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
    const { current } = this.#revision;
    if (current === this.#readAt) return this.#byName;
    const principals = this.#read();
    const tokens = principals.filter(({ kind }) => kind === 'token');
    this.#byTokenPrefix = new Map(tokens.map((principal) => [principal.secret.slice(0, PREFIX_DIGITS), principal]));
    this.#byName = new Map(principals.map((principal) => [principal.name, principal]));
    this.#readAt = current;
    return this.#byName;
  }
}
