import type { OrderedLog } from '@aerolithdb/log';
import type {
  CollectionOptions,
  FindRequest,
  Head,
  IndexInfo,
  LinesRequest,
  Principal,
  ReadAnswer,
  ReadRequest,
  StoredText,
} from '@aerolithdb/protocol';
import type { PrincipalRevision } from './principal-revision.ts';
import type { SecretChecks } from './secret-checks.ts';
import type { ReadProfile, SlowRead } from './slow-read.ts';

/**
 * What the door needs from the node around it. The node brings clock, randomness, log and readers; the door itself touches no
 * file, socket or timer.
 */
export type Surroundings = {
  readonly log: OrderedLog;
  /** Answers on the calling thread, in microseconds: gets, short finds and the catalogue. */
  readonly reader: LocalReader;
  /** Answers everything else on other threads. */
  readonly pool: ReadPool;
  /** Makes backups on a thread of its own. */
  readonly backups: BackupSource;
  /** Makes exports on threads of their own. */
  readonly exports: ExportSource;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly randomBytes: (count: number) => Uint8Array;
  /** Bytes on the disk now. */
  readonly storageFigures: () => { readonly fileBytes: number; readonly walBytes: number };
  /** Reads that took long, the longest first; absent where nobody remembers them. */
  readonly slowReads?: () => readonly SlowRead[] | Promise<readonly SlowRead[]>;
  /** Where the time of reads goes; absent where nobody looks. */
  readonly profile?: () => ReadProfile | Promise<ReadProfile>;
  /** Told that indexes have changed: one may have to be built. */
  readonly onIndexes?: () => void;
  /** Of all doors of the node; made when absent, as for a node with one door. */
  readonly principals?: PrincipalRevision;
  /** Of all doors of the node; made when absent. */
  readonly secrets?: SecretChecks;
  /** When the node was started, in milliseconds since 1970; absent: now. */
  readonly startedAt?: number;
  /** Version of the program. */
  readonly version: string;
};

export interface LocalReader {
  read(request: ReadRequest): ReadAnswer;
  /** Answers a find that visits only a few rows; undefined for any other. */
  readAtOnce(request: FindRequest): ReadAnswer | undefined;
  getRaw(collection: string, id: StoredText): RawDocument | undefined;
  catalogue(): CatalogueSnapshot;
  /** The last block that this reader sees. */
  head(): Head;
}

/** `text`: the document as relaxed Extended JSON. */
export type RawDocument = { readonly version: number; readonly text: string };

export interface ReadPool {
  read(request: ReadRequest, signal?: AbortSignal): Promise<ReadAnswer>;
}

export interface BackupSource {
  /**
   * Begins a backup of the last committed state, or of the blocks after a height. Its bytes are pulled: whoever takes them slowly
   * holds up neither writes nor the write-ahead log. Throws `invalid_position`, `overloaded`, `storage_full`, `storage_failed`,
   * `storage_corrupt`, `log_closed`.
   */
  begin(options: BackupRequest): Promise<RunningBackup>;
}

export type BackupRequest = {
  /** The blocks after this height alone. */
  readonly since?: number;
  /** Ends the backup. */
  readonly signal?: AbortSignal;
};

/** Holds a file and a thread until its bytes were taken to the end, or until `close`. */
export type RunningBackup = {
  /** The last block that it holds. */
  readonly head: Head;
  /** The block after which it begins; absent when it holds everything. */
  readonly since?: { readonly height: number; readonly hash: string };
  readonly bytes: AsyncIterable<Buffer>;
  /** Gives it up; safe to call twice, and after its end. */
  readonly close: () => Promise<void>;
};

export interface ExportSource {
  /**
   * Begins to give all that a find selects, out of the last committed state. Its bytes are pulled: whoever takes them slowly holds up neither
   * writes nor the write-ahead log. `signal` ends it. Throws every code of a find, `overloaded`, `storage_full`, `storage_failed`,
   * `storage_corrupt`, `log_closed`.
   */
  begin(request: LinesRequest, signal?: AbortSignal): Promise<RunningExport>;
}

/** Holds a file and a thread until its bytes were taken to the end, or until `close`. */
export type RunningExport = {
  /** The state that it is of. */
  readonly height: number;
  /** NDJSON: relaxed Extended JSON, a document a line. Ends with an error unless it is whole. */
  readonly bytes: AsyncIterable<Buffer>;
  /** Gives it up; safe to call twice, and after its end. */
  readonly close: () => Promise<void>;
};

export type CatalogueSnapshot = {
  readonly collections: readonly CollectionInfo[];
  readonly principals: readonly Principal[];
};

/** A collection as callers see it. */
export type CollectionInfo = {
  readonly name: string;
  readonly options: CollectionOptions;
  /** Documents it holds now. */
  readonly documents: number;
  readonly indexes: readonly IndexInfo[];
};
