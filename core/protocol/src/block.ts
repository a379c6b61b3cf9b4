import type { Command } from './command.ts';

/** 32 bytes as 64 lower-case hexadecimal digits. */
export type Hash = string;

/** The end of the chain: what the next block links to. Height 0 is the empty chain, with a hash of zeros and time 0. */
export type Head = { readonly height: number; readonly hash: Hash; readonly time: number };

/** What the log hands to the state machine: an order, a time, and the link to the block before. */
export type Block = {
  readonly height: number;
  /** Milliseconds since 1970; never less than the time of the block before. */
  readonly time: number;
  readonly previousHash: Hash;
  readonly commands: readonly Command[];
};

/** What is hashed of a block. The block hash is SHA-256 of its encoding (see `encodeHeader`). */
export type BlockHeader = {
  readonly height: number;
  readonly time: number;
  readonly previousHash: Hash;
  /** RFC 6962 tree over the encoded commands. */
  readonly commandsRoot: Hash;
  /** SHA-256 of the hashes of the changes that the commands made, one after the other (32 bytes each). */
  readonly changesHash: Hash;
};

export type ChangeKind = 'insert' | 'replace' | 'update' | 'delete' | 'createCollection' | 'dropCollection';

/** One change as the change stream shows it. */
export type Change = {
  readonly position: number;
  readonly height: number;
  /** Block time, milliseconds since 1970. */
  readonly time: number;
  readonly kind: ChangeKind;
  readonly collection: string;
  /** Stored text of the `_id`; absent for collection changes. */
  readonly id?: string;
  /** Version of the document: equals `position`. */
  readonly version: number;
  /** The document after the change, as stored text; absent after a delete. */
  readonly document?: string;
  /** Hash of the change before it in the same collection (zeros for the first), so that a reader can prove there is no gap. */
  readonly previousHash: Hash;
  readonly hash: Hash;
};
