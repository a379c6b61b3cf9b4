import { fingerprintOfShape, shapeOfRequest } from '@aerolithdb/engine/read';
import type { ReadRequest } from '@aerolithdb/protocol';
import type { FollowedRead } from './reader-messages.ts';
import type { EndedRead } from './slow-reads.ts';

/** A read that its thread has followed; `waitMs`: milliseconds before it came there. */
export function endedRead({ facts }: FollowedRead, waitMs: number): EndedRead {
  const { shape, fingerprint, planMs, runMs, ...more } = facts;
  const figures = { ...more, waitMs: rounded(waitMs), planMs: rounded(planMs), runMs: rounded(runMs) };
  return { shape: { ...shape, fingerprint }, ms: planMs + runMs, timedOut: false, figures };
}

/** A read that was ended after so many milliseconds: what it did went with its thread. */
export function timedOutRead(request: ReadRequest, ms: number): EndedRead {
  const shape = shapeOfRequest(request);
  return { shape: { ...shape, fingerprint: fingerprintOfShape(shape) }, ms, timedOut: true, figures: {} };
}

function rounded(ms: number): number {
  return Math.round(ms * 100) / 100;
}
