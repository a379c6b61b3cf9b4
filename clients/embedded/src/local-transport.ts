import type {
  ChangeText,
  CollectionInfo,
  NewPrincipal,
  NewUser,
  PrincipalKind,
  Status,
  Transport,
  WatchRequest,
  Write,
  Written,
} from '@aerolithdb/client';
import type { RunningDatabase } from '@aerolithdb/node';
import type { Principal, ReadAnswer, ReadRequest } from '@aerolithdb/protocol';

/** By calls into the database that runs in this process. A call that is ended is no longer waited for; a write may still be applied. */
export class LocalTransport implements Transport {
  readonly #running: RunningDatabase;
  readonly #release: () => Promise<void>;

  /** `release`: what is left to do when the database has let go of its folder. */
  constructor(running: RunningDatabase, release: () => Promise<void>) {
    this.#running = running;
    this.#release = release;
  }

  async read(request: ReadRequest): Promise<ReadAnswer> {
    const { database, session } = this.#running;
    if (request.kind !== 'get' || request.at !== undefined) return database.read(session, request);
    const raw = await database.getRaw(session, request.collection, request.id);
    return { height: 0, ...(raw !== undefined && { text: raw.text, version: raw.version }) };
  }

  async write(operation: Write, commandId: string): Promise<Written> {
    const { database, session } = this.#running;
    return database.execute(session, operation, { commandId });
  }

  watch(request: WatchRequest, signal: AbortSignal): AsyncIterable<ChangeText> {
    const { database, session } = this.#running;
    return database.watch(session, { ...request, signal });
  }

  async collections(): Promise<readonly CollectionInfo[]> {
    const { database, session } = this.#running;
    return (await database.collections(session)).map(shown);
  }

  async collection(name: string): Promise<CollectionInfo> {
    const { database, session } = this.#running;
    return shown(await database.collection(session, name));
  }

  async status(): Promise<Status> {
    return this.#running.database.status();
  }

  async principals(kind: PrincipalKind): Promise<readonly Omit<Principal, 'secret'>[]> {
    const { database, session } = this.#running;
    return (await database.principals(session)).filter((one) => one.kind === kind);
  }

  createUser(user: NewUser, commandId: string): Promise<Written> {
    const { database, session } = this.#running;
    return database.createUser(session, user, { commandId });
  }

  createToken(token: NewPrincipal, commandId: string): Promise<Written & { readonly token: string }> {
    const { database, session } = this.#running;
    return database.createToken(session, token, { commandId });
  }

  removePrincipal(kind: PrincipalKind, name: string, commandId: string): Promise<Written> {
    const { database, session } = this.#running;
    return database.removePrincipal(session, name, { kind, commandId });
  }

  async close(): Promise<void> {
    await this.#running.close();
    await this.#release();
  }

  toString(): string {
    return this.#running.folder;
  }
}

/** As it is shown over HTTP: what is not so is left out. */
function shown({ indexes, ...info }: CollectionInfo): CollectionInfo {
  return { ...info, indexes: indexes.map(({ unique, ...index }) => (unique === true ? { ...index, unique } : index)) };
}
