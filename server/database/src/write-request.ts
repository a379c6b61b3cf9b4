import type {
  CatalogueOperation,
  DeleteOperation,
  Document,
  ReadPrecondition,
  ReplaceOperation,
  StoredText,
  UpdateOperation,
} from '@aerolithdb/protocol';

/**
 * What a caller asks to be written. It is the `Operation` of the protocol in which each document, filter, update and sort may
 * also be given as values; the door makes stored text of those. Ids are always stored text (`toStored(value)`), since a string
 * would be ambiguous. A text given in place of values must be what `toStored` made, and a document to insert must then hold `_id`.
 */
export type WriteRequest = CatalogueOperation | DocumentRequest | TransactionRequest | BulkRequest;

export type DocumentRequest = InsertRequest | ReplaceRequest | UpdateRequest | DeleteRequest;

export type DocumentOrText = Document | StoredText;

export type InsertRequest = {
  readonly type: 'insert';
  readonly collection: string;
  /** At most `LIMITS.batchDocuments`. A document without `_id` gets an ObjectId, put first. */
  readonly documents: readonly DocumentOrText[];
};

export type ReplaceRequest = Omit<ReplaceOperation, 'document'> & { readonly document: DocumentOrText };

/** Beside `returning`, and not inside of a transaction or a bulk: which fields of the document that comes back are shown. */
type Shown = { readonly projection?: DocumentOrText };

export type UpdateRequest = Omit<UpdateOperation, 'filter' | 'update' | 'arrayFilters' | 'sort' | 'afterRow'> &
  Shown & {
    readonly filter: DocumentOrText;
    /** Operators, or the stages of a pipeline. */
    readonly update: DocumentOrText | readonly Document[];
    readonly arrayFilters?: readonly Document[] | StoredText;
    readonly sort?: DocumentOrText;
  };

export type DeleteRequest = Omit<DeleteOperation, 'filter' | 'sort' | 'afterRow'> &
  Shown & {
    readonly filter: DocumentOrText;
    readonly sort?: DocumentOrText;
  };

export type TransactionRequest = {
  readonly type: 'transaction';
  readonly operations: readonly DocumentRequest[];
  readonly reads?: readonly ReadPrecondition[];
};

/** Any number of operations: the door makes as many commands of them as it needs. */
export type BulkRequest = {
  readonly type: 'bulk';
  readonly operations: readonly DocumentRequest[];
  /** false: all are tried. Absent and true: the first that is refused ends it. */
  readonly ordered?: boolean;
};
