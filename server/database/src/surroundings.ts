import type { OrderedLog } from '@aerolithdb/log';
import type {
  CollectionOptions,
  FindRequest,
  Head,
  IndexSpec,
  Principal,
  ReadAnswer,
  ReadRequest,
  StoredText,
} from '@aerolithdb/protocol';
import type { SlowRead } from './slow-read.ts';

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
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly randomBytes: (count: number) => Uint8Array;
  /** Bytes on the disk now. */
  readonly storageFigures: () => { readonly fileBytes: number; readonly walBytes: number };
  /** Reads that took long, the longest first; absent where nobody remembers them. */
  readonly slowReads?: () => readonly SlowRead[];
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
  readonly indexes: readonly IndexSpec[];
};
