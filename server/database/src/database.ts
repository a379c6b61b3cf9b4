import {
  NotImplemented,
  type OperationResult,
  type Principal,
  type ReadAnswer,
  type ReadRequest,
  type Receipt,
  type Role,
  type StoredText,
} from '@aerolithdb/protocol';
import type { Credential } from './credential.ts';
import { LOCAL_ACTOR, Session } from './session.ts';
import type { CollectionInfo, RawDocument, Surroundings } from './surroundings.ts';
import type { WriteRequest } from './write-request.ts';

export type ExecuteOptions = {
  /** 1 to 64 characters out of `[A-Za-z0-9_.:-]`; the same id is applied once. Made when absent. */
  readonly commandId?: string;
};

/** `document` of the result, where there is one, is stored text: `storedToRelaxed` makes it fit to go out. */
export type Executed = { readonly receipt: Receipt; readonly result: OperationResult; readonly repeated?: true };

export type WatchOptions = {
  /** Absent: all collections, which needs a role on `*`. */
  readonly collection?: string;
  /** Changes after this position. Absent: those after now. `afterHeight(h)` joins a query at height h without a gap. */
  readonly since?: number;
  /** Ends the stream; the iteration then finishes without an error. */
  readonly signal?: AbortSignal;
};

/** One change. `text` is its JSON object, fit to go out as it is; `position` is what to resume from. */
export type WatchedChange = { readonly position: number; readonly text: string };

export type Status = {
  readonly mode: 'single';
  readonly height: number;
  /** Hash of the last block. */
  readonly hash: string;
  /** Time of the last block, milliseconds since 1970. */
  readonly time: number;
  readonly version: string;
  readonly uptimeMs: number;
  readonly durability: 'fsync';
  readonly storage: {
    readonly fileBytes: number;
    readonly walBytes: number;
    readonly collections: number;
    readonly documents: number;
  };
};

export type NewUser = {
  readonly name: string;
  readonly password: string;
  readonly grants: Readonly<Record<string, Role>>;
  readonly expiresAt?: number;
};
export type NewToken = Omit<NewUser, 'password'>;
export type PrincipalInfo = Omit<Principal, 'secret'>;

/** The one door: who are you, may you, do it. Every protocol and the embedded library go through it. */
export class Database {
  readonly #surroundings: Surroundings;

  constructor(surroundings: Surroundings) {
    this.#surroundings = surroundings;
  }

  /** Throws `unauthenticated`, `overloaded`. */
  async authenticate(_credential: Credential): Promise<Session> {
    throw new NotImplemented('authenticate');
  }

  /** A session that may do everything, for code in the node's own process. Never hand it to a caller from outside. */
  localSession(): Session {
    return new Session(LOCAL_ACTOR, 'local', undefined);
  }

  /**
   * Prepares the command, puts it into the log and resolves when it is durable. A multi-document update or delete goes on in
   * further commands until no row is left. Throws `forbidden`, every code of an outcome, `storage_full`, `storage_failed`, `log_closed`, `overloaded`.
   */
  async execute(_session: Session, _request: WriteRequest, _options?: ExecuteOptions): Promise<Executed> {
    throw new NotImplemented('execute');
  }

  /** Throws `forbidden`, `timeout`, `overloaded` and every code of a read. */
  async read(_session: Session, _request: ReadRequest): Promise<ReadAnswer> {
    throw new NotImplemented('read');
  }

  /** The document as bytes to send, at once and on this thread. Throws `forbidden`, `unknown_collection`, `invalid_id`. */
  getRaw(_session: Session, _collection: string, _id: StoredText): RawDocument | undefined {
    throw new NotImplemented('getRaw');
  }

  /** The changes after a position, for ever, without gap or repeat; pulled, so a slow reader holds nothing up. */
  watch(_session: Session, _options: WatchOptions): AsyncGenerator<WatchedChange, void, void> {
    throw new NotImplemented('watch');
  }

  status(): Status {
    throw new NotImplemented('status');
  }

  /** The collections that the session may read, by name. */
  async collections(_session: Session): Promise<CollectionInfo[]> {
    throw new NotImplemented('collections');
  }

  /** Throws `unknown_collection` (also when there is one that the session may not read), `forbidden`. */
  async collection(_session: Session, _name: string): Promise<CollectionInfo> {
    throw new NotImplemented('collection');
  }

  async principals(_session: Session): Promise<PrincipalInfo[]> {
    throw new NotImplemented('principals');
  }

  async createUser(_session: Session, _user: NewUser, _options?: ExecuteOptions): Promise<Executed> {
    throw new NotImplemented('createUser');
  }

  /** The token is in the answer and nowhere else: only its hash is kept. */
  async createToken(_session: Session, _token: NewToken, _options?: ExecuteOptions): Promise<Executed & { token: string }> {
    throw new NotImplemented('createToken');
  }

  async removePrincipal(_session: Session, _name: string, _options?: ExecuteOptions): Promise<Executed> {
    throw new NotImplemented('removePrincipal');
  }

  /** Calls back after each durable block. Returns the function that ends it. */
  onBlock(listener: (head: { height: number; hash: string; time: number }) => void): () => void {
    return this.#surroundings.log.onBlock(listener);
  }
}
