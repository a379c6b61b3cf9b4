import type { Document, Value } from '@aerolithdb/protocol';
import { sizeOf } from '../memory-budget.ts';
import type { Run } from '../run.ts';
import { optionsOf, wholeNumberOf } from '../stage-arguments.ts';

/** `$sample`: so many documents by chance, each with the same probability, in an order by chance. */
export type SampleStage = { readonly kind: 'sample'; readonly size: number };

export function parseSample(value: Value): SampleStage {
  const options = optionsOf('$sample', value, ['size'], ['size']);
  return { kind: 'sample', size: wholeNumberOf('$sample', options.get('size'), 1, '"size"') };
}

/** Vitter, "Random sampling with a reservoir" (1985), algorithm R; then a shuffle. */
export function* runSample({ size }: SampleStage, input: Iterable<Document>, run: Run): Generator<Document> {
  const kept: Document[] = [];
  let seen = 0;
  for (const document of input) {
    seen++;
    const place = kept.length < size ? kept.length : Math.floor(run.random() * seen);
    if (place >= size) continue;
    run.memory.take(sizeOf(document) - (place < kept.length ? sizeOf(kept[place]) : 0), '$sample');
    kept[place] = document;
  }
  for (let last = kept.length - 1; last > 0; last--) {
    const other = Math.floor(run.random() * (last + 1));
    [kept[last], kept[other]] = [kept[other]!, kept[last]!];
  }
  yield* kept;
}
