import type { Asked } from './asked.ts';
import { bitmapCandidates } from './bitmap-candidates.ts';
import type { RowsCandidate } from './candidate.ts';
import { sphereCandidates } from './sphere/sphere-candidates.ts';
import { textCandidates } from './text/text-candidate.ts';

/** Offers the ways of one kind of index that is not in key order; none when it cannot serve the query. */
export type Offer = (asked: Asked) => readonly RowsCandidate[];

/** One for each kind, each in a file of its own. */
const OFFERS: readonly Offer[] = [bitmapCandidates, sphereCandidates, textCandidates];

export function specialCandidates(asked: Asked): readonly RowsCandidate[] {
  return OFFERS.flatMap((offer) => offer(asked));
}
