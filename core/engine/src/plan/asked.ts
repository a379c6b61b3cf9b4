import type { Filter, Sort } from '@aerolithdb/query';
import type { Connection } from '@aerolithdb/storage';
import type { CollectionRecord, IndexRecord } from '../catalogue.ts';
import { kindNameOf } from '../index-kinds/kind-of.ts';
import type { CollectionSample } from '../statistics/collection-sample.ts';
import { ID_SOURCE, indexSource, type KeyCandidate, type KeySource, type RowsCandidate } from './candidate.ts';
import { type Conjunct, conjunctsOf } from './conjuncts.ts';
import { keyCandidate } from './key-candidate.ts';
import { specialCandidates } from './special-candidates.ts';
import { type BoundText, bindText } from './text/bind-text.ts';
import { holdsAll, whyNotAll, whyUnusable } from './usable.ts';

/** What a query wants of a collection. */
export type Wanted = {
  readonly filter: Filter;
  readonly sort?: Sort | undefined;
  /** Documents that are needed at most, those that are skipped counted. */
  readonly limit?: number | undefined;
  /** Name of an index, `_id_`, `$natural`, or the keys of an index as JSON. */
  readonly hint?: string | undefined;
  /** Only the number of documents is wanted. */
  readonly counting?: boolean;
};

/** Where a plan is made: the state that the query sees, and what is known of its values. */
export type Knowledge = {
  readonly connection: Connection;
  /** Documents in the collection. */
  readonly documents: number;
  readonly sample: CollectionSample | undefined;
};

/** A query as the planner looks at it. */
export class Asked {
  readonly known: Knowledge;
  readonly collection: CollectionRecord;
  readonly wanted: Wanted;
  readonly conjuncts: readonly Conjunct[];
  /** The `$text` of the filter. */
  readonly text: BoundText | undefined;
  /** The indexes in key order that may be used. */
  readonly sources: readonly KeySource[];
  #keys: readonly KeyCandidate[] | undefined;
  #special: readonly RowsCandidate[] | undefined;

  constructor(known: Knowledge, collection: CollectionRecord, wanted: Wanted) {
    this.known = known;
    this.collection = collection;
    this.wanted = wanted;
    this.conjuncts = conjunctsOf(wanted.filter);
    this.text = bindText(known.connection, collection, wanted.filter);
    this.sources = [ID_SOURCE, ...usableIndexes(collection).filter(isOrdered).map(indexSource)];
  }

  /** How each of the sources that hold all documents of the query would be walked. */
  keys(): readonly KeyCandidate[] {
    this.#keys ??= this.sources
      .filter((source) => holdsAll(source, this.conjuncts))
      .map((source) => keyCandidate(source, this.conjuncts, this.wanted.sort));
    return this.#keys;
  }

  /** The indexes that cannot serve the query, each with the end of a sentence that says why. */
  excluded(): readonly { readonly name: string; readonly why: string }[] {
    const offered = new Set(this.keys().map(({ source }) => source.name));
    return this.collection.indexes.flatMap((index) => {
      const why = whyUnusable(index) ?? (isOrdered(index) && !offered.has(index.name) ? whyNotAll(index) : undefined);
      return why === undefined ? [] : [{ name: index.name, why }];
    });
  }

  /** Those of them that read less than everything. */
  bounded(): readonly KeyCandidate[] {
    return this.keys().filter(({ equalities, ranged }) => equalities > 0 || ranged);
  }

  /** The ways of indexes that are not in key order. */
  special(): readonly RowsCandidate[] {
    this.#special ??= specialCandidates(this);
    return this.#special;
  }
}

/** The indexes of any kind that queries may use. */
export function usableIndexes({ indexes }: CollectionRecord): readonly IndexRecord[] {
  return indexes.filter((index) => whyUnusable(index) === undefined);
}

function isOrdered(index: IndexRecord): boolean {
  return kindNameOf(index) === 'ordered';
}

export function isSorted({ sort }: Wanted): boolean {
  return sort !== undefined && sort.length > 0;
}
