import { Chance } from '../chance.ts';
import type { Profile, Request } from '../request.ts';
import { randomFilter, randomProjection, randomSort } from './filters.ts';
import type { Source } from './paths.ts';
import { randomPipeline } from './pipelines.ts';
import { randomUpdate } from './updates.ts';
import { Values } from './values.ts';

/** Documents of two collections, and queries of them without end. All follows from the seed. */
export class CaseSource {
  readonly profile: Profile;
  readonly c;
  readonly o;
  readonly #source: Source;

  constructor(seed: number, size: number) {
    const chance = new Chance(seed);
    this.profile = chance.pick(['every', 'flat', 'flat']);
    const values = new Values(chance, this.profile);
    this.c = values.documents(size);
    this.o = values.documents(size / 4);
    this.#source = { values, documents: this.c };
  }

  next(): Request {
    const source = this.#source;
    const { chance } = source.values;
    const kind = chance.below(10);
    if (kind < 3) return { kind: 'aggregate', pipeline: randomPipeline(source) };
    if (kind < 5) return randomUpdate(source);
    return {
      kind: 'find',
      filter: randomFilter(source),
      ...(chance.hits(0.3) ? { projection: randomProjection(source) } : {}),
      ...(chance.hits(0.5) ? page(source) : {}),
    };
  }
}

function page(source: Source) {
  const { chance } = source.values;
  const sort = randomSort(source);
  return chance.hits(0.6) ? { sort } : { sort, skip: chance.below(4), limit: 1 + chance.below(10) };
}
