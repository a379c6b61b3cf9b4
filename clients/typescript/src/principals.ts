import type { Principal, Receipt, Role } from '@aerolithdb/protocol';
import type { CallOptions } from './calls.ts';
import { INSPECT } from './inspect.ts';
import type { Link } from './link.ts';
import type { Ending, PrincipalKind } from './transport/transport.ts';

export type NewPrincipalOptions = CallOptions & {
  /** After which it is refused; never when absent. */
  readonly expiresAt?: Date | undefined;
};

/** Name of a collection, or `*` for all, to a role. */
export type Grants = Readonly<Record<string, Role>>;

/** A user or a token, without its secret. */
export type PrincipalInfo = Omit<Principal, 'secret' | 'expiresAt'> & { readonly expiresAt?: Date };

/** Who may do what: users, who sign in with a password, and tokens. All of it needs the role `admin` on `*`. */
export class Principals {
  readonly #link: Link;

  constructor(link: Link) {
    this.#link = link;
  }

  /** By their names, without their secrets. */
  async users(options: CallOptions = {}): Promise<readonly PrincipalInfo[]> {
    return this.#list('user', options);
  }

  /** By their names, without their secrets. */
  async tokens(options: CallOptions = {}): Promise<readonly PrincipalInfo[]> {
    return this.#list('token', options);
  }

  /** Makes a user, or replaces the one of that name. Throws `invalid_name`, `invalid_request`. */
  async createUser(name: string, password: string, grants: Grants, options: NewPrincipalOptions = {}): Promise<Receipt> {
    const { transport } = this.#link;
    const user = { name, password, grants, ...expiry(options) };
    return (await this.#write(options, (id, ending) => transport.createUser(user, id, ending))).receipt;
  }

  /**
   * Makes a token, or replaces the one of that name. It is in this answer and nowhere else: when the answer is lost the call
   * throws `command_id_reused` or `unreachable`, and is to be made again. Throws `invalid_name`, `invalid_request`.
   */
  createToken(
    name: string,
    grants: Grants,
    options: NewPrincipalOptions = {},
  ): Promise<{ readonly token: string; readonly receipt: Receipt }> {
    const { transport } = this.#link;
    return this.#write(options, (id, ending) => transport.createToken({ name, grants, ...expiry(options) }, id, ending));
  }

  /** Its next request is refused. Throws `unknown_principal`. */
  removeUser(name: string, options: CallOptions = {}): Promise<Receipt> {
    return this.#remove('user', name, options);
  }

  /** Its next request is refused. Throws `unknown_principal`. */
  removeToken(name: string, options: CallOptions = {}): Promise<Receipt> {
    return this.#remove('token', name, options);
  }

  toString(): string {
    return `Principals(${this.#link.transport})`;
  }

  [INSPECT](): string {
    return this.toString();
  }

  async #list(kind: PrincipalKind, options: CallOptions): Promise<readonly PrincipalInfo[]> {
    const { calls, transport } = this.#link;
    const found = await calls.run(options, (ending) => transport.principals(kind, ending));
    return found.map(({ expiresAt, ...one }) => (expiresAt === undefined ? one : { ...one, expiresAt: new Date(expiresAt) }));
  }

  async #remove(kind: PrincipalKind, name: string, options: CallOptions): Promise<Receipt> {
    const { transport } = this.#link;
    return (await this.#write(options, (id, ending) => transport.removePrincipal(kind, name, id, ending))).receipt;
  }

  #write<R>(options: CallOptions, work: (commandId: string, ending: Ending) => Promise<R>): Promise<R> {
    const commandId = this.#link.identifiers.commandId();
    return this.#link.calls.run(options, (ending) => work(commandId, ending));
  }
}

function expiry({ expiresAt }: NewPrincipalOptions): { readonly expiresAt?: number } {
  return expiresAt === undefined ? {} : { expiresAt: expiresAt.getTime() };
}
