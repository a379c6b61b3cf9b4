import type {
  CollectionOptions,
  DeleteOperation,
  IndexInfo,
  Operation,
  OperationResult,
  Principal,
  ReadAnswer,
  ReadRequest,
  Receipt,
  StoredText,
  UpdateOperation,
  UpkeepOperation,
} from '@aerolithdb/protocol';

/**
 * How requests reach a database: over HTTP, or by a call in the same process. Everything above it is the same for both.
 *
 * 1. Documents and ids are JSON texts: stored form goes in, any form of Extended JSON comes out.
 * 2. A command id is applied once, however often it is sent.
 * 3. What fails throws `AerolithError`. An aborted signal throws its reason.
 */
export interface Transport {
  read(request: ReadRequest, ending: Ending): Promise<ReadAnswer>;
  write(operation: Write, commandId: string, ending: Ending): Promise<Written>;
  /** The changes after a position, in order, for ever; it resumes by itself where the connection breaks. Ends when aborted. */
  watch(request: WatchRequest, signal: AbortSignal): AsyncIterable<ChangeText>;
  collections(ending: Ending): Promise<readonly CollectionInfo[]>;
  collection(name: string, ending: Ending): Promise<CollectionInfo>;
  status(ending: Ending): Promise<Status>;
  /** By their names. */
  principals(kind: PrincipalKind, ending: Ending): Promise<readonly Omit<Principal, 'secret'>[]>;
  createUser(user: NewUser, commandId: string, ending: Ending): Promise<Written>;
  createToken(token: NewPrincipal, commandId: string, ending: Ending): Promise<Written & { readonly token: string }>;
  removePrincipal(kind: PrincipalKind, name: string, commandId: string, ending: Ending): Promise<Written>;
  close(): Promise<void>;
  /** What it leads to, such as an address. Holds no secret. */
  toString(): string;
}

/** What ends a call. The signal is made when it is asked for, which a transport in the same process never does. */
export type Ending = { readonly signal: AbortSignal };

/** An operation; where one document comes back, `projection` says which of its fields are shown. */
export type Write =
  | Exclude<Operation, UpdateOperation | DeleteOperation | UpkeepOperation>
  | Shown<UpdateOperation>
  | Shown<DeleteOperation>;

type Shown<O> = O & { readonly projection?: StoredText };

export type PrincipalKind = Principal['kind'];
export type NewPrincipal = Omit<Principal, 'kind' | 'secret'>;
export type NewUser = NewPrincipal & { readonly password: string };

export type Written = { readonly receipt: Receipt; readonly result: OperationResult };

/** `collection` absent: the changes of all. */
export type WatchRequest = { readonly collection?: string; readonly since: number };

/** `text` is the JSON of the change. */
export type ChangeText = { readonly position: number; readonly text: string };

/** A collection: what it holds, and how it is kept. */
export type CollectionInfo = {
  readonly name: string;
  readonly documents: number;
  readonly options: CollectionOptions;
  readonly indexes: readonly IndexInfo[];
};

/** A node as it describes itself; `height` is that of its last durable block. */
export type Status = {
  readonly mode: string;
  readonly height: number;
  readonly hash: string;
  readonly version: string;
  readonly storage: { readonly collections: number; readonly documents: number };
};
