import { AerolithError, type AnyDocument, type Transaction } from '@aerolithdb/client';
import { fromPlain, parseValue, toPlain, toStored } from '@aerolithdb/protocol';
import { usageError } from '../program/cli-error.ts';

export type CatalogueCall =
  | {
      readonly kind: 'createCollection';
      readonly collection: string;
      readonly schema?: AnyDocument;
      readonly ifMissing?: boolean;
    }
  | { readonly kind: 'alterCollection'; readonly collection: string; readonly schema: AnyDocument | null }
  | { readonly kind: 'dropCollection'; readonly collection: string }
  | {
      readonly kind: 'createIndex';
      readonly collection: string;
      readonly name: string;
      readonly keys: readonly (readonly [path: string, direction: 1 | -1])[];
      readonly unique?: boolean;
    }
  | { readonly kind: 'dropIndex'; readonly collection: string; readonly name: string };

export type DataCall =
  | { readonly kind: 'updateDocuments'; readonly collection: string; readonly filter?: AnyDocument; readonly update: AnyDocument }
  | { readonly kind: 'eachBatch'; readonly collection: string; readonly filter?: AnyDocument };

/** One change that a migration asks for. */
export type Call = CatalogueCall | DataCall;

/** How a data call is carried out; no part of what it is. */
export type Batching = {
  readonly size?: number;
  readonly change?: (documents: readonly AnyDocument[], transaction: Transaction) => Promise<void> | void;
};

/** Carries out one call; resolves when it is done. */
export type Perform = (call: Call, batching?: Batching) => Promise<void>;

export function isDataCall(call: Call): call is DataCall {
  return call.kind === 'updateDocuments' || call.kind === 'eachBatch';
}

/** The call as it stands in the ledger; equal calls have equal texts. Throws a usage error for a value that cannot be stored. */
export function callText(call: Call): string {
  try {
    return toStored(fromPlain(call));
  } catch (error) {
    if (error instanceof AerolithError) throw usageError(`${callSentence(call)}: ${error.message}`, { code: error.code });
    throw error;
  }
}

/** A call out of the ledger. */
export function callOf(text: string): Call {
  // Only `callText` writes what stands there.
  return toPlain(parseValue(text)) as Call;
}

/** `make the index "email_1" on "people"`. */
export function callSentence(call: Call): string {
  switch (call.kind) {
    case 'createCollection':
      return `make the collection "${call.collection}"${call.schema === undefined ? '' : ' with a schema'}`;
    case 'alterCollection':
      return call.schema === null ? `take the schema of "${call.collection}" away` : `put another schema on "${call.collection}"`;
    case 'dropCollection':
      return `remove the collection "${call.collection}" with its documents`;
    case 'createIndex':
      return `make the ${call.unique === true ? 'unique ' : ''}index "${call.name}" on "${call.collection}"`;
    case 'dropIndex':
      return `remove the index "${call.name}" of "${call.collection}"`;
    case 'updateDocuments':
      return `update documents of "${call.collection}"`;
    default:
      return `go through documents of "${call.collection}"`;
  }
}
