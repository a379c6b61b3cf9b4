import { AerolithError, suggestNearest } from '@aerolithdb/protocol';
import type { Filter, Sort } from '@aerolithdb/query';
import type { CollectionRecord } from '../catalogue.ts';
import { kindNameOf } from '../index-kinds/kind-of.ts';
import { type Candidate, ID_SOURCE, indexSource, type KeyCandidate, type KeySource } from './candidate.ts';
import { type Conjunct, conjunctsOf } from './conjuncts.ts';
import { costOf } from './cost.ts';
import { keyCandidate } from './key-candidate.ts';
import { unionCandidate } from './union-candidate.ts';

export type Wanted = {
  readonly filter: Filter;
  readonly sort?: Sort | undefined;
  readonly limit?: number | undefined;
  /** Name of an index, `_id_`, or `$natural`. */
  readonly hint?: string | undefined;
  readonly counting?: boolean;
  /** Documents in the collection. */
  readonly documents: number;
};

/** `rejected`: for each index that was not taken, why. */
export type Choice = { readonly candidate: Candidate; readonly rejected: () => readonly string[] };

export const NATURAL = '$natural';

/** Stands for the indexes of an `$or` where the name of one would. */
export const UNION = '$or';

/**
 * The cheapest way to the documents, and for each index that was not taken, why.
 * Throws `unknown_index` for a hint that names none.
 */
export function chooseIndex(collection: CollectionRecord, wanted: Wanted): Choice {
  const conjuncts = conjunctsOf(wanted.filter);
  const scan: Candidate = { kind: 'scan', exact: false, sorted: isUnsorted(wanted.sort) };
  const ordered = collection.indexes.filter((index) => kindNameOf(index) === 'ordered');
  const sources = [ID_SOURCE, ...ordered.map(indexSource)];
  const union = unionCandidate(wanted.filter, sources, wanted.documents, scan.sorted);
  // A cursor goes on in the order of rows, which a scan has too if the indexes are gone.
  if (wanted.hint === UNION) return { candidate: union ?? scan, rejected: () => [] };
  if (wanted.hint !== undefined) return hinted(wanted.hint, collection, sources, scan, conjuncts, wanted);
  const rated = sources.map((source) => keyCandidate(source, conjuncts, wanted.sort));
  const useful = rated.filter((candidate) => isUseful(candidate, wanted));
  const context = {
    documents: wanted.documents,
    conjuncts,
    ...(wanted.limit === undefined ? {} : { limit: wanted.limit }),
    sorting: !isUnsorted(wanted.sort),
    counting: wanted.counting ?? false,
  };
  const ways: readonly Candidate[] = [scan, ...useful, ...(union === undefined ? [] : [union])];
  const best = ways.reduce((a, b) => (costOf(b, context) < costOf(a, context) ? b : a));
  const others = rated.filter((candidate) => !namesOf(best).includes(candidate.source.name));
  const rejected = () => others.map((candidate) => whyRejected(candidate, best, wanted));
  return { candidate: best, rejected: () => rejected().filter((sentence) => sentence !== undefined) };
}

/** The indexes that a way uses, each once. */
export function namesOf(candidate: Candidate): readonly string[] {
  if (candidate.kind === 'scan') return [];
  if (candidate.kind === 'keys') return [candidate.source.name];
  return [...new Set(candidate.branches.map((branch) => branch.source.name))];
}

function isUnsorted(sort: Sort | undefined): boolean {
  return sort === undefined || sort.length === 0;
}

/** Bounds or an order that was asked for: otherwise a walk reads everything, in a dearer way than a scan. */
function isUseful(candidate: KeyCandidate, wanted: Wanted): boolean {
  return candidate.equalities > 0 || candidate.ranged || (candidate.sorted && !isUnsorted(wanted.sort));
}

function whyRejected(candidate: KeyCandidate, best: Candidate, wanted: Wanted): string | undefined {
  const { name, keys, kind } = candidate.source;
  if (isUseful(candidate, wanted)) {
    const names = namesOf(best).map((taken) => `"${taken}"`);
    const taken = names.length === 0 ? 'a scan' : names.join(' and ');
    return `"${name}" would read more than ${taken}.`;
  }
  // Every query could be told that it does not name the _id.
  if (kind === 'id') return undefined;
  return `"${name}" does not help: the filter does not bound "${keys[0]![0]}", its first field.`;
}

function hinted(
  hint: string,
  collection: CollectionRecord,
  sources: readonly KeySource[],
  scan: Candidate,
  conjuncts: readonly Conjunct[],
  wanted: Wanted,
): Choice {
  const others = sources.filter((source) => source.name !== hint && source.kind === 'index');
  const rejected = () => others.map((source) => `"${source.name}" was not considered: the hint names "${hint}".`);
  if (hint === NATURAL) return { candidate: scan, rejected };
  const source = sources.find((candidate) => candidate.name === hint);
  if (source === undefined) throw unknownIndex(hint, collection, sources);
  return { candidate: keyCandidate(source, conjuncts, wanted.sort), rejected };
}

function unknownIndex(hint: string, collection: CollectionRecord, sources: readonly KeySource[]): AerolithError {
  const nearest = suggestNearest(hint, [...sources.map((source) => source.name), NATURAL]);
  const advice = nearest === undefined ? 'Use one of its indexes or $natural.' : `Did you mean "${nearest}"?`;
  return new AerolithError('unknown_index', `"${collection.name}" has no index named "${hint}". ${advice}`, {
    collection: collection.name,
    index: hint,
    ...(nearest === undefined ? {} : { nearest }),
  });
}
