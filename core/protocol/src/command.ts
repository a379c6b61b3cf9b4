/**
 * Commands: what a client asks to be written, as it is ordered, hashed and (in a cluster) signed.
 *
 * Documents, ids, filters and updates travel as *stored text*: the JSON text `toStored` makes. So a command crosses threads as
 * strings, an inserted document is never serialised twice, and the bytes that are hashed are the bytes that are kept.
 */

import type { IndexSpec } from './index-spec.ts';

/** JSON text in stored form (see `stored-form.ts`). */
export type StoredText = string;

export type Command = {
  /** Chosen by the client, 1 to 64 characters out of `[A-Za-z0-9_.:-]`. The same id within the window is applied once. */
  readonly id: string;
  /** Name of the principal that asked. */
  readonly actor: string;
  readonly operation: Operation;
  readonly derived?: Derived;
};

/**
 * What follows from a command alone, found where it enters the node so that the one writer need not. It is never encoded and never
 * taken from outside, and the writer finds by itself what is not there. Whoever makes a command out of another leaves it out.
 */
export type Derived = {
  /** RFC 6962 leaf hash of the encoded command, its 32 bytes as latin1 text: the cheapest form to hand on. */
  readonly leaf?: string;
  /** Of an insert: one entry a document. There only when each document has passed the checks of its form. */
  readonly documents?: readonly DerivedDocument[];
};

export type DerivedDocument = {
  /** Stored text of its `_id`. */
  readonly id: StoredText;
  readonly idKey: Uint8Array;
};

export type Operation = CatalogueOperation | DocumentOperation | TransactionOperation | BulkOperation | UpkeepOperation;

export type CatalogueOperation =
  | { readonly type: 'createCollection'; readonly collection: string; readonly options: CollectionOptions }
  | { readonly type: 'alterCollection'; readonly collection: string; readonly options: CollectionOptions }
  | { readonly type: 'dropCollection'; readonly collection: string }
  | { readonly type: 'createIndex'; readonly collection: string; readonly index: IndexSpec }
  | AlterIndexOperation
  | { readonly type: 'dropIndex'; readonly collection: string; readonly index: string }
  | { readonly type: 'setPrincipal'; readonly principal: Principal }
  | { readonly type: 'removePrincipal'; readonly principal: string };

/** Changes what an absent field does not say. `expireAfterSeconds` only where the index has one. */
export type AlterIndexOperation = {
  readonly type: 'alterIndex';
  readonly collection: string;
  readonly index: string;
  readonly hidden?: boolean;
  readonly expireAfterSeconds?: number;
};

/**
 * What the node does of its own accord, in ordered commands, so that every replica does the same. No door takes them. Where the index
 * is gone or needs nothing they do nothing. The `next` of a result says that more is left.
 */
export type UpkeepOperation =
  /** Makes the entries of the next `rows` rows of an index that is being built: `matched` of them. */
  | { readonly type: 'buildIndex'; readonly collection: string; readonly index: string; readonly rows: number }
  /** Deletes the documents that have expired at the time of the block, at most `limit`. */
  | { readonly type: 'expire'; readonly collection: string; readonly index: string; readonly limit: number };

export type DocumentOperation =
  | { readonly type: 'insert'; readonly collection: string; readonly documents: readonly StoredText[] }
  | ReplaceOperation
  | UpdateOperation
  | DeleteOperation;

/** Replaces (or with `upsert` inserts) the document with this `_id`. */
export type ReplaceOperation = {
  readonly type: 'replace';
  readonly collection: string;
  readonly id: StoredText;
  readonly document: StoredText;
  readonly upsert?: boolean;
  /** `If-Match`: the version the document must have; else `version_conflict`. */
  readonly ifVersion?: number;
};

/** Updates the documents a filter selects, in `_id`-independent row order, at most `LIMITS.changesPerCommand` of them. */
export type UpdateOperation = {
  readonly type: 'update';
  readonly collection: string;
  readonly filter: StoredText;
  readonly update: StoredText;
  readonly arrayFilters?: StoredText;
  readonly multi?: boolean;
  readonly upsert?: boolean;
  /** `_id` (stored text) for the document an upsert makes when filter and update name none; made by the entry node. */
  readonly upsertId?: StoredText;
  readonly ifVersion?: number;
  /** With `multi: false`: which of the matching documents, and which image of it goes into the result. */
  readonly sort?: StoredText;
  readonly returning?: 'before' | 'after';
  /** With `multi: true`: continue after this row, the `next` of the result before. */
  readonly afterRow?: number;
};

export type DeleteOperation = {
  readonly type: 'delete';
  readonly collection: string;
  readonly filter: StoredText;
  readonly multi?: boolean;
  readonly ifVersion?: number;
  readonly sort?: StoredText;
  readonly returning?: 'before';
  readonly afterRow?: number;
};

/** All operations or none. `reads` are preconditions: each named document must still have that version (0: must not exist). */
export type TransactionOperation = {
  readonly type: 'transaction';
  readonly operations: readonly DocumentOperation[];
  readonly reads?: readonly ReadPrecondition[];
};

/** Operations that are carried out in their order, each whole or not at all. What came of each is in the result. */
export type BulkOperation = {
  readonly type: 'bulk';
  readonly operations: readonly DocumentOperation[];
  /** false: all are tried. Absent and true: the first that is refused ends it. */
  readonly ordered?: boolean;
};

export type ReadPrecondition = { readonly collection: string; readonly id: StoredText; readonly version: number };

/** What can be said of a collection. In `alterCollection`, a key that is absent stays as it is and `null` removes it. */
export type CollectionOptions = {
  /** JSON Schema 2020-12, as JSON text. */
  readonly schema?: string | null;
};

export type Role = 'reader' | 'writer' | 'owner' | 'admin';

/** Who may do what. `grants` maps a collection name, or `*`, to a role. */
export type Principal = {
  readonly name: string;
  readonly kind: 'user' | 'token';
  /** argon2id PHC string of a user's password, or the hexadecimal SHA-256 of a token. Never the secret itself. */
  readonly secret: string;
  readonly grants: Readonly<Record<string, Role>>;
  /** Milliseconds since 1970; compared by the door with its clock. */
  readonly expiresAt?: number;
};

/** What came of a command. A refusal changes nothing. */
export type Outcome =
  | { readonly ok: true; readonly receipt: Receipt; readonly result: OperationResult; readonly repeated?: true }
  | { readonly ok: false; readonly error: OutcomeError };

export type OutcomeError = {
  readonly code: string;
  readonly message: string;
  readonly details?: Readonly<Record<string, unknown>>;
};

/** Where a command stands in the log. `position` is that of its last change (or of the block's start when it made none). */
export type Receipt = {
  readonly height: number;
  readonly position: number;
  readonly commandId: string;
  /** Version of the last document it wrote; equals `position`. */
  readonly version: number;
  /** Block time, milliseconds since 1970. */
  readonly time: number;
};

export type OperationResult = {
  readonly ids?: readonly StoredText[];
  readonly matched?: number;
  readonly modified?: number;
  readonly deleted?: number;
  readonly upsertedId?: StoredText;
  /** The image asked for with `returning`; null when nothing matched. */
  readonly document?: StoredText | null;
  /** More rows may match: send the same operation with `afterRow: next`. */
  readonly next?: number;
  /** Results of a transaction's operations, in their order. */
  readonly results?: readonly OperationResult[];
  /**
   * What came of each operation of a bulk that was tried, in their order. They are fewer than the operations after a refusal that
   * ends it, and when the command may make no further changes: then the last has `next`, or is no refusal, and the rest is to be sent.
   */
  readonly outcomes?: readonly Outcome[];
};
