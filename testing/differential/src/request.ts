import type { Document, Value } from '@aerolithdb/protocol';

/** What is asked of the collection `c`. A pipeline may look into the collection `o`. */
export type Request = FindCase | UpdateCase | AggregateCase;

export type FindCase = {
  readonly kind: 'find';
  readonly filter: Document;
  readonly projection?: Document;
  readonly sort?: Document;
  readonly skip?: number;
  readonly limit?: number;
};

export type UpdateCase = {
  readonly kind: 'update';
  readonly filter: Document;
  /** Operators, or the stages of a pipeline. */
  readonly update: Document | Value[];
  readonly arrayFilters?: readonly Document[];
  readonly multi: boolean;
};

export type AggregateCase = { readonly kind: 'aggregate'; readonly pipeline: readonly Value[] };

/** Documents of both collections and what is asked of them: all that an answer follows from. */
export type Case = { readonly c: readonly Document[]; readonly o: readonly Document[]; readonly request: Request };

/**
 * `documents`: of an update, the whole collection after it. `refused`: the code of the error. `unsupported`: the implementation
 * does not have what was asked for, so that nothing can be said.
 */
export type Answer =
  | { readonly documents: readonly Document[]; readonly matched?: number }
  | { readonly refused: string }
  | { readonly unsupported: string };

/** Kinds of documents: `every` has all types of BSON, `flat` only those that plain JavaScript tells apart, and no arrays in arrays. */
export type Profile = 'every' | 'flat';
