import type { Test } from '@aerolithdb/query';
import type { Connection } from '@aerolithdb/storage';
import type { CollectionSample } from '../statistics/collection-sample.ts';
import { entriesUpToStatement } from './access-sql.ts';
import type { Asked } from './asked.ts';
import type { KeyCandidate, RowsCandidate } from './candidate.ts';
import { type Conjunct, isFieldConjunct } from './conjuncts.ts';
import { countOf } from './count-of.ts';

/** Sampled entries from which on their share is taken for that of all entries; below, the entries themselves are counted. */
const TRUSTED_HITS = 10;
/** Entries that are counted at most, in all intervals of a candidate. */
const COUNTED_MAX = 1000;
/** Shares of the entries that a bound is taken to leave, where there are no statistics. */
const EQUALITY_SHARE = 0.005;
const RANGE_SHARE = 0.2;

/** How many entries and documents one query will meet. Keeps what it has found out; holds for one state of the file. */
export class Estimates {
  readonly #connection: Connection;
  readonly #collection: Asked['collection'];
  readonly #documents: number;
  readonly #sample: CollectionSample | undefined;
  /** By the intervals, which intersections share with the candidates that they are made of. */
  readonly #entries = new Map<KeyCandidate['intervals'], number>();

  constructor({ collection, known }: Pick<Asked, 'collection' | 'known'>) {
    this.#connection = known.connection;
    this.#collection = collection;
    this.#documents = known.documents;
    this.#sample = known.sample;
  }

  /** Entries in the intervals of a candidate; what it is intersected with does not count. */
  entries(candidate: KeyCandidate): number {
    const known = this.#entries.get(candidate.intervals);
    if (known !== undefined) return known;
    const entries = this.#newEntries(candidate.within.length === 0 ? candidate : { ...candidate, within: [] });
    this.#entries.set(candidate.intervals, entries);
    return entries;
  }

  /** Whether an equality finds so few entries that their number need not be known. */
  isFew(candidate: KeyCandidate): boolean {
    if (candidate.equalities === 0) return false;
    const hits = this.#sample?.index(candidate.source.table)?.entries(candidate.intervals) ?? 0;
    return hits < TRUSTED_HITS;
  }

  /** Documents that have an entry in each of the candidates. */
  together(candidates: readonly KeyCandidate[]): number {
    const least = Math.min(...candidates.map((candidate) => this.entries(candidate)), this.#documents);
    if (candidates.length < 2) return least;
    const common = this.#common(candidates);
    if (common !== undefined && common >= TRUSTED_HITS / 2)
      return Math.min(least, (common * this.#documents) / this.#sample!.size);
    const shares = candidates.map((candidate) => Math.min(1, this.entries(candidate) / Math.max(1, this.#documents)));
    return Math.min(least, this.#documents * shares.reduce((a, b) => a * b, 1));
  }

  /** Documents that pass all conjuncts; `bounded`: candidates that settle some of them; `special`: others that know of one how many pass. */
  rows(conjuncts: readonly Conjunct[], bounded: readonly KeyCandidate[], special: readonly RowsCandidate[] = []): number {
    const settled = new Set<Conjunct>();
    const used: KeyCandidate[] = [];
    for (const candidate of bounded.toSorted((a, b) => b.settled.length - a.settled.length)) {
      if (candidate.settled.every((conjunct) => settled.has(conjunct))) continue;
      for (const conjunct of candidate.settled) settled.add(conjunct);
      used.push(candidate);
    }
    const open = conjuncts.filter((conjunct) => !settled.has(conjunct));
    const base = used.length === 0 ? this.#documents : this.together(used);
    const shareOf = (conjunct: Conjunct) => {
      const known = special.find(({ settled: [first, ...others] }) => first === conjunct && others.length === 0);
      return known === undefined ? guessedShare(conjunct) : known.expected / Math.max(1, this.#documents);
    };
    return open.reduce((rows, conjunct) => rows * shareOf(conjunct), base);
  }

  #newEntries(candidate: KeyCandidate): number {
    const { source, equalities, ranged, intervals } = candidate;
    if (intervals.length === 0) return 0;
    if (equalities === 0 && !ranged) return this.#all(candidate);
    if (source.unique && equalities === source.keys.length) return Math.min(intervals.length, this.#documents);
    const sample = this.#sample?.index(source.table);
    const hits = sample?.entries(intervals);
    const sampled =
      hits === undefined ? guessedEntries(candidate, this.#documents) : (hits * this.#documents) / this.#sample!.size;
    return hits !== undefined && hits >= TRUSTED_HITS ? sampled : this.#counted(candidate, sampled);
  }

  /** Exact, as long as there are few: reading them costs less than to be wrong about them. */
  #counted(candidate: KeyCandidate, otherwise: number): number {
    let counted = 0;
    for (const interval of candidate.intervals) {
      counted += countOf(this.#connection, entriesUpToStatement(candidate, this.#collection, interval, COUNTED_MAX - counted));
      if (counted >= COUNTED_MAX) return Math.max(counted, otherwise);
    }
    return counted;
  }

  #all({ source }: KeyCandidate): number {
    const sample = this.#sample?.index(source.table);
    return sample === undefined ? this.#documents : (sample.all * this.#documents) / this.#sample!.size;
  }

  /** Sampled documents that have an entry in each; undefined when one of the indexes has no sample. */
  #common(candidates: readonly KeyCandidate[]): number | undefined {
    let common: Set<number> | undefined;
    for (const { source, intervals } of candidates) {
      const found = this.#sample?.index(source.table)?.documents(intervals);
      if (found === undefined) return undefined;
      common = common === undefined ? found : common.intersection(found);
    }
    return common?.size;
  }
}

function guessedEntries({ equalities, ranged, intervals }: KeyCandidate, documents: number): number {
  const each = documents * EQUALITY_SHARE ** equalities * (ranged ? RANGE_SHARE : 1);
  return equalities > 0 ? Math.max(1, each) * intervals.length : Math.max(1, each);
}

/** The share of documents that is taken to pass a condition of which nothing is known. */
function guessedShare(conjunct: Conjunct): number {
  return isFieldConjunct(conjunct) ? shareOfTest(conjunct.test) : 0.5;
}

function shareOfTest(test: Test): number {
  switch (test.op) {
    case 'eq':
    case 'all':
    case 'size':
      return 0.1;
    case 'in':
      return Math.min(0.8, 0.1 * test.values.length);
    case 'not':
      return 0.9;
    case 'exists':
    case 'type':
      return 0.8;
    case 'regex':
      return 0.1;
    default:
      return 0.33;
  }
}
