import { decide, decideOperation, decideRead } from '@aerolithdb/engine/access';
import {
  type Command,
  type Head,
  heightOf,
  type LinesRequest,
  type ObjectId,
  type ReadAnswer,
  type ReadRequest,
  type StoredText,
  unknownCollection,
  validateCommand,
} from '@aerolithdb/protocol';
import { assertPast } from './assert-past.ts';
import { Authenticator } from './authenticator.ts';
import { assertCommandId } from './command-id.ts';
import type { Credential } from './credential.ts';
import type { Executed } from './executed.ts';
import { Gate } from './gate.ts';
import { IdentifierMaker, objectIdsOf } from './identifier-maker.ts';
import { prepareOperation } from './prepare.ts';
import { PrincipalDirectory } from './principal-directory.ts';
import { type NewToken, type NewUser, type PrincipalInfo, withoutSecret } from './principal-requests.ts';
import { PrincipalRevision } from './principal-revision.ts';
import { type PrincipalTools, submitToken, submitUser, unknownPrincipal } from './principals.ts';
import { LocalSecretChecks } from './secret-checks.ts';
import { LOCAL_ACTOR, Session } from './session.ts';
import { SharedReads } from './shared-reads.ts';
import { shownWrite } from './shown-image.ts';
import type { ReadProfile, SlowRead } from './slow-read.ts';
import { type Status, statusOf } from './status.ts';
import { submitBulk } from './submit-bulk.ts';
import { submitUntilDone } from './submit-until-done.ts';
import type { BackupRequest, CollectionInfo, RawDocument, RunningBackup, RunningExport, Surroundings } from './surroundings.ts';
import { assertReached, type WatchedChange, type WatchOptions, watchChanges } from './watch.ts';
import type { WriteRequest } from './write-request.ts';

export type ExecuteOptions = {
  /** 1 to 64 characters out of `[A-Za-z0-9_.:-]`; the same id is applied once. Made when absent. */
  readonly commandId?: string;
};

/** `kind`: only when it is a user, or a token. */
export type RemovalOptions = ExecuteOptions & { readonly kind?: PrincipalInfo['kind'] };

/** The one door: who are you, may you, do it. Every protocol and the embedded library go through it. */
export class Database {
  readonly #surroundings: Surroundings;
  readonly #directory: PrincipalDirectory;
  readonly #revision: PrincipalRevision;
  readonly #authenticator: Authenticator;
  readonly #gate: Gate;
  readonly #identifiers: IdentifierMaker;
  readonly #newObjectId: () => ObjectId;
  readonly #principalTools: PrincipalTools;
  readonly #tail: SharedReads;
  readonly #startedAt: number;
  readonly #stopListening: () => void;
  readonly #closing = new AbortController();

  constructor(surroundings: Surroundings) {
    const { reader, pool, now, randomBytes, secrets = new LocalSecretChecks(now) } = surroundings;
    this.#surroundings = surroundings;
    this.#revision = surroundings.principals ?? new PrincipalRevision();
    this.#directory = new PrincipalDirectory(() => reader.catalogue().principals, this.#revision);
    // The first listener of all, so that whoever wakes at a block finds the principals of that block.
    this.#stopListening = surroundings.log.onBlock(() => this.#revision.onBlock());
    this.#authenticator = new Authenticator(this.#directory, secrets, now);
    this.#gate = new Gate(this.#directory, now);
    this.#identifiers = new IdentifierMaker(now, randomBytes);
    this.#newObjectId = () => this.#identifiers.objectId();
    this.#principalTools = { secrets, randomBytes, submit: (command) => this.#submit(command) };
    this.#tail = new SharedReads(async (request) => this.#durable(await pool.read(request)));
    this.#startedAt = surroundings.startedAt ?? now();
  }

  /** Throws `unauthenticated`; `overloaded` after too many failures or with too many passwords waiting. */
  authenticate(credential: Credential): Promise<Session> {
    return this.#authenticator.authenticate(credential);
  }

  /** A session that may do everything, for code in the node's own process. Never hand it to a caller from outside. */
  localSession(): Session {
    return new Session(LOCAL_ACTOR, 'local', undefined);
  }

  /**
   * Prepares the command, puts it into the log and resolves when it is durable. A multi-document update or delete goes on in
   * further commands until no row is left, and a bulk until no operation is; the receipt is that of the last. What a bulk was
   * refused stands in the outcomes of its result.
   * Throws `forbidden`, `unauthenticated`, every code of an outcome, `document_too_large`, `batch_too_large`, `invalid_command`,
   * `storage_full`, `storage_failed`, `storage_corrupt`, `log_closed`, `overloaded`.
   */
  async execute(session: Session, request: WriteRequest, { commandId }: ExecuteOptions = {}): Promise<Executed> {
    this.#gate.assert(session, (granted) => decideOperation(granted, request));
    const id = this.#commandId(commandId);
    const newId = commandId === undefined ? this.#newObjectId : objectIdsOf(session.name, id);
    const { write, show } = shownWrite(request);
    const executed = await this.#submit({ id, actor: session.name, ...prepareOperation(write, newId) });
    if (write.type === 'createIndex' || write.type === 'alterIndex') this.#surroundings.onIndexes?.();
    return show(executed);
  }

  /**
   * `gone`: gives the signal that the caller has left, which ends a read that is not answered at once.
   * Throws `forbidden`, `unauthenticated`, `timeout`, `overloaded`, `query_too_large` and every code of a read.
   */
  async read(session: Session, asked: ReadRequest, gone?: () => AbortSignal): Promise<ReadAnswer> {
    this.#gate.assert(session, (granted) => decideRead(granted, asked));
    const { log, reader, pool, now } = this.#surroundings;
    assertPast(asked, log.head(), now());
    const request = withSurroundings(asked, this.#surroundings);
    if (request.kind === 'get' && request.at === undefined) return this.#durable(reader.read(request));
    const short = request.kind === 'find' ? reader.readAtOnce(request) : undefined;
    return this.#durable(short ?? (await pool.read(request, gone?.())));
  }

  /**
   * The document as text to send, read on this thread; undefined when there is none. At once, unless what it saw is not durable yet.
   * Throws `forbidden`, `unauthenticated`, `unknown_collection`, `invalid_id`, `storage_corrupt`.
   */
  getRaw(session: Session, collection: string, id: StoredText): RawDocument | undefined | Promise<RawDocument | undefined> {
    this.#gate.assert(session, (granted) => decide(granted, 'get', collection));
    const { log, reader } = this.#surroundings;
    const found = reader.getRaw(collection, id);
    const seen = found === undefined ? reader.head().height : heightOf(found.version);
    return seen <= log.head().height ? found : log.reached(seen).then(() => found);
  }

  /**
   * The changes after a position, for ever, without gap or repeat; pulled, so a slow reader holds nothing up. A session that
   * loses its right ends the stream with `forbidden` or `unauthenticated`. Throws `invalid_position`, `unknown_collection`.
   */
  watch(session: Session, options: WatchOptions): AsyncGenerator<WatchedChange, void, void> {
    const { log } = this.#surroundings;
    this.#assertMayWatch(session, options.collection);
    if (options.collection !== undefined) this.#find(options.collection);
    assertReached(log, options.since);
    const read = async (request: ReadRequest) => {
      this.#assertMayWatch(session, options.collection);
      const answer = await this.#tail.read(request);
      // Again, since the answer may already have seen the block that took the right away, and no block need follow.
      this.#assertMayWatch(session, options.collection);
      return answer;
    };
    const signals = [this.#closing.signal, ...(options.signal === undefined ? [] : [options.signal])];
    return watchChanges(log, read, { ...options, signal: AbortSignal.any(signals) });
  }

  /**
   * Everything as the bytes of a backup (see `docs/reference/backup-format.md`), consistent at its head, which is durable. Ends with
   * an error once the session has lost its right.
   * Throws `forbidden`, `unauthenticated`, `invalid_position`, `overloaded`, `storage_full`, `storage_failed`, `storage_corrupt`.
   */
  async backup(session: Session, request: BackupRequest = {}): Promise<RunningBackup> {
    const assertMay = () => this.#gate.assert(session, (granted) => decide(granted, 'backup'));
    assertMay();
    const { backups, log } = this.#surroundings;
    const running = await backups.begin(request);
    try {
      await log.reached(running.head.height);
    } catch (error) {
      await running.close();
      throw error;
    }
    return { ...running, bytes: whileAllowed(running.bytes, assertMay) };
  }

  /**
   * All that a find selects as NDJSON (relaxed Extended JSON, a document a line), of one state, which is durable. Ends with an error
   * once the session has lost its right.
   * Throws `forbidden`, `unauthenticated`, every code of a find, `overloaded`, `storage_full`, `storage_failed`, `storage_corrupt`.
   */
  async export(session: Session, request: LinesRequest, signal?: AbortSignal): Promise<RunningExport> {
    const assertMay = () => this.#gate.assert(session, (granted) => decideRead(granted, request));
    assertMay();
    const { exports, log, now } = this.#surroundings;
    assertPast(request, log.head(), now());
    const running = await exports.begin(request, signal);
    try {
      await log.reached(running.height);
    } catch (error) {
      await running.close();
      throw error;
    }
    return { ...running, bytes: whileAllowed(running.bytes, assertMay) };
  }

  /** Ends all watches, without an error. Log and readers belong to the node, which closes them afterwards. */
  close(): void {
    this.#closing.abort();
    this.#stopListening();
  }

  /** A reader sees a block a moment before it is durable. Nothing of it is told to anybody until it is. */
  async #durable(answer: ReadAnswer): Promise<ReadAnswer> {
    const { log } = this.#surroundings;
    if (answer.height > log.head().height) await log.reached(answer.height);
    return answer;
  }

  status(): Status {
    return statusOf(this.#surroundings, this.#startedAt);
  }

  /** The last durable block. */
  head(): Head {
    return this.#surroundings.log.head();
  }

  /** Calls back after each durable block. Returns the function that ends it. */
  onBlock(listener: (head: Head) => void): () => void {
    return this.#surroundings.log.onBlock(listener);
  }

  /** The collections that the session may read, by name. */
  async collections(session: Session): Promise<CollectionInfo[]> {
    const { collections } = this.#surroundings.reader.catalogue();
    return collections.filter(({ name }) => this.#gate.allows(session, (granted) => decide(granted, 'describe', name)));
  }

  /** Throws `unknown_collection`, `forbidden`, `unauthenticated`. */
  async collection(session: Session, name: string): Promise<CollectionInfo> {
    this.#gate.assert(session, (granted) => decide(granted, 'describe', name));
    return this.#find(name);
  }

  /** Users and tokens, without their secrets. Throws `forbidden`, `unauthenticated`. */
  async principals(session: Session): Promise<PrincipalInfo[]> {
    this.#gate.assert(session, (granted) => decide(granted, 'listPrincipals'));
    return this.#directory.all().map(withoutSecret);
  }

  /** Reads that took long since the start, by their shape, the longest first. Throws `forbidden`, `unauthenticated`. */
  async slowReads(session: Session): Promise<readonly SlowRead[]> {
    this.#gate.assert(session, (granted) => decide(granted, 'listSlowReads'));
    return this.#surroundings.slowReads?.() ?? [];
  }

  /** Where the time of reads goes, by their shapes. Throws `forbidden`, `unauthenticated`. */
  async profile(session: Session): Promise<ReadProfile> {
    this.#gate.assert(session, (granted) => decide(granted, 'listSlowReads'));
    const { profile, now } = this.#surroundings;
    return (await profile?.()) ?? { since: this.#startedAt, now: now(), shapes: [], recent: [] };
  }

  /** Makes or replaces a user. Throws `forbidden`, `invalid_name`, `invalid_request` and what `execute` throws. */
  async createUser(session: Session, user: NewUser, { commandId }: ExecuteOptions = {}): Promise<Executed> {
    this.#gate.assert(session, (granted) => decide(granted, 'setPrincipal'));
    return submitUser(this.#principalTools, user, this.#commandId(commandId), session.name);
  }

  /** Makes or replaces a token, which is in the answer and nowhere else; a repeated `commandId` is refused. Throws as `createUser`. */
  async createToken(
    session: Session,
    token: NewToken,
    { commandId }: ExecuteOptions = {},
  ): Promise<Executed & { token: string }> {
    this.#gate.assert(session, (granted) => decide(granted, 'setPrincipal'));
    return submitToken(this.#principalTools, token, this.#commandId(commandId), session.name);
  }

  /** From then on its sessions are refused. Throws `unknown_principal`, `forbidden` and what `execute` throws. */
  async removePrincipal(session: Session, name: string, { kind, ...options }: RemovalOptions = {}): Promise<Executed> {
    this.#gate.assert(session, (granted) => decide(granted, 'removePrincipal'));
    const found = this.#directory.all().find((one) => one.name === name);
    // One that is not there is the log's to refuse: the command may be sent again after it was carried out.
    if (kind !== undefined && found !== undefined && found.kind !== kind) throw unknownPrincipal(name);
    return this.execute(session, { type: 'removePrincipal', principal: name }, options);
  }

  #submit({ derived, ...ordered }: Command): Promise<Executed> {
    const { operation } = ordered;
    const { log } = this.#surroundings;
    if (operation.type === 'bulk') return submitBulk(log, { ...ordered, operation });
    validateCommand(ordered, { texts: 'unchecked' });
    const command: Command = derived === undefined ? ordered : { ...ordered, derived };
    const { type } = operation;
    if (type !== 'setPrincipal' && type !== 'removePrincipal') return submitUntilDone(log, command);
    return this.#revision.whileChanging(() => submitUntilDone(log, command));
  }

  #commandId(given: string | undefined): string {
    if (given === undefined) return this.#identifiers.commandId();
    assertCommandId(given);
    return given;
  }

  #assertMayWatch(session: Session, collection: string | undefined): void {
    this.#gate.assert(session, (granted) =>
      collection === undefined ? decide(granted, 'allChanges') : decide(granted, 'watch', collection),
    );
  }

  #find(name: string): CollectionInfo {
    const { collections } = this.#surroundings.reader.catalogue();
    const found = collections.find((collection) => collection.name === name);
    if (found === undefined)
      throw unknownCollection(
        name,
        collections.map((collection) => collection.name),
      );
    return found;
  }
}

/** With the clock and the chance that a reader has none of. */
function withSurroundings(request: ReadRequest, { now, randomBytes }: Surroundings): ReadRequest {
  if (request.kind === 'find' || request.kind === 'count' || request.kind === 'distinct') return { ...request, now: now() };
  if (request.kind !== 'aggregate') return request;
  const seed = randomBytes(4).reduce((bits, byte) => (bits << 8) | byte, 0);
  return { seed, ...request, now: now() };
}

async function* whileAllowed(bytes: RunningBackup['bytes'], assertAllowed: () => void): AsyncGenerator<Buffer, void, void> {
  for await (const piece of bytes) {
    assertAllowed();
    yield piece;
  }
}
