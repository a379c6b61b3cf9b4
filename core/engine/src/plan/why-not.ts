import { type Asked, isSorted } from './asked.ts';
import type { Candidate, KeyCandidate, KeySource } from './candidate.ts';
import { isFieldConjunct } from './conjuncts.ts';
import { isBounded } from './features-of.ts';

/** `NAME: not used, …`: why an index that could be walked is not. */
export function notUsed(name: string, why: string): string {
  return `${name}: not used, ${why}.`;
}

/** Why an index of no use to the query is none: it neither bounds what is read nor gives the order. */
export function whyUseless({ source }: KeyCandidate, asked: Asked): string {
  const [[first]] = source.keys as readonly [readonly [string, unknown]];
  const named = source.keys.map(([path]) => path).filter((path) => isNamed(path, asked));
  if (named.includes(first)) return `no test of ${first} says where its entries lie`;
  if (named.length > 0) return `the filter on ${named.join(' and ')} needs ${first} first`;
  return isSorted(asked.wanted)
    ? `the filter says nothing of ${first}, its first field, and the order is another`
    : `the filter says nothing of ${first}, its first field`;
}

/** Why a way that could have been taken was dearer. Numbers are of entries or documents, as they are expected. */
export function whyDearer(candidate: KeyCandidate, own: number, best: Candidate, taken: number): string {
  const what = isBounded(candidate) ? 'it would read' : 'it would give the order, and read';
  return `${what} about ${shown(own)} ${own >= 1.5 ? 'entries' : 'entry'} and their documents; ${described(best)} reads about ${shown(taken)}`;
}

export function described(candidate: Candidate): string {
  if (candidate.kind === 'scan') return 'a scan';
  if (candidate.kind === 'rows') return candidate.names.join(' and ');
  if (candidate.kind === 'union') return [...new Set(candidate.branches.map(({ source }) => source.name))].join(' and ');
  return sourcesOf(candidate)
    .map(({ name }) => name)
    .join(' with ');
}

function sourcesOf({ source, within }: KeyCandidate): readonly KeySource[] {
  return [source, ...within.map((other) => other.source)];
}

function isNamed(path: string, { conjuncts }: Asked): boolean {
  return conjuncts.some((conjunct) => isFieldConjunct(conjunct) && conjunct.path.join('.') === path);
}

function shown(number: number): string {
  return String(Math.max(0, Math.round(number))).replace(/\B(?=(\d{3})+$)/g, ',');
}
