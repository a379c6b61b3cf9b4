import type { Document, Value } from '@aerolithdb/protocol';
import { wholeNumberOf } from '../stage-arguments.ts';

export type SkipStage = { readonly kind: 'skip'; readonly count: number };
export type LimitStage = { readonly kind: 'limit'; readonly count: number };

export function parseSkip(value: Value): SkipStage {
  return { kind: 'skip', count: wholeNumberOf('$skip', value, 0) };
}

export function parseLimit(value: Value): LimitStage {
  return { kind: 'limit', count: wholeNumberOf('$limit', value, 1) };
}

export function* runSkip({ count }: SkipStage, input: Iterable<Document>): Generator<Document> {
  let left = count;
  for (const document of input) {
    if (left > 0) left--;
    else yield document;
  }
}

/** Takes no document more than it gives, so that what is before it ends early. */
export function* runLimit({ count }: LimitStage, input: Iterable<Document>): Generator<Document> {
  let left = count;
  for (const document of input) {
    yield document;
    if (--left === 0) return;
  }
}
