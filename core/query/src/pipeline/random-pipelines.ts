/**
 * For tests: random documents and pipelines, as plain JSON, of what two implementations should agree on. Every document of `c` and `o` has
 * a number `_id`; fields are `g` (few values), `n` (numbers), `t` (texts), `a` (arrays), `s` (an object), any of which may be missing.
 */

export type PlainDocument = Record<string, unknown>;

export class Chooser {
  readonly #random: () => number;

  constructor(random: () => number) {
    this.#random = random;
  }

  below(end: number): number {
    return Math.floor(this.#random() * end);
  }

  chance(share: number): boolean {
    return this.#random() < share;
  }

  pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)]!;
  }
}

export function randomDocuments(chooser: Chooser, count: number): PlainDocument[] {
  return Array.from({ length: count }, (_, _id) => {
    const document: PlainDocument = { _id, u: (_id * 7) % 11 };
    if (chooser.chance(0.9)) document.g = chooser.pick(['x', 'y', 'z', 1, 2]);
    if (chooser.chance(0.9)) document.n = chooser.pick([0, 1, 2, 3, 5, -4, 2.5, 10]);
    if (chooser.chance(0.8)) document.t = chooser.pick(['p', 'q', 'pq', '']);
    if (chooser.chance(0.8)) document.a = Array.from({ length: chooser.below(4) }, () => chooser.below(4));
    if (chooser.chance(0.8)) document.s = { k: chooser.below(3), v: chooser.pick(['i', 'j']) };
    return document;
  });
}

type Stage = Record<string, unknown>;

const NUMBERS = ['$n', '$u', '$s.k'];
const ANY = ['$g', '$n', '$t', '$s.k', '$s.v', '$u'];

/** One to four stages. What comes out has an order of its own only after a `$sort` by `_id`. */
export function randomPipeline(chooser: Chooser): Stage[] {
  const stages = Array.from({ length: chooser.below(3) }, () => middle(chooser)).flat();
  return [...stages, ...last(chooser)];
}

function middle(chooser: Chooser): Stage[] {
  const field = chooser.pick(ANY);
  const path = field.slice(1);
  return chooser.pick<() => Stage[]>([
    () => [{ $match: { n: { $gte: chooser.below(4) } } }],
    () => [{ $match: { $or: [{ g: chooser.pick(['x', 'y', 1]) }, { a: chooser.below(4) }] } }],
    () => [{ $match: { $expr: { $gt: ['$u', chooser.below(9)] } } }],
    () => [{ $sort: { _id: -1 } }, { $skip: chooser.below(4) }, { $limit: 3 + chooser.below(20) }],
    () => [{ $set: { w: { $add: ['$u', chooser.below(5)] }, 's.z': { $ifNull: [field, null] } } }],
    () => [{ $project: { g: 1, n: 1, u: 1, [path]: 1, c: { $ifNull: [field, 'none'] } } }],
    () => [{ $project: { t: 0, 's.v': 0 } }],
    () => [{ $unset: ['t', 's.k'] }],
    () => [{ $unwind: '$a' }],
    () => [{ $unwind: { path: '$a', preserveNullAndEmptyArrays: true, includeArrayIndex: 'i' } }],
    () => [
      { $lookup: { from: 'o', localField: chooser.pick(['n', 'a', 'g']), foreignField: chooser.pick(['u', '_id']), as: 'f' } },
      { $set: { f: { $size: '$f' } } },
    ],
  ])();
}

function last(chooser: Chooser): Stage[] {
  const key = chooser.pick<unknown>([null, '$g', '$n', { g: '$g', k: '$s.k' }, { $mod: ['$u', 3] }]);
  const outputs = Object.fromEntries(Array.from({ length: 1 + chooser.below(3) }, (_, i) => [`v${i}`, accumulator(chooser)]));
  return chooser.pick<() => Stage[]>([
    () => [],
    () => [{ $group: { _id: null, n: { $count: {} } } }],
    () => [{ $sortByCount: '$g' }],
    () => [{ $sort: { _id: 1 } }, { $group: { _id: key, ...outputs } }],
    () => [{ $group: { _id: key, ...outputs } }],
    () => [
      {
        $facet: {
          all: [{ $sortByCount: '$u' }],
          some: [{ $match: { n: { $gt: 1 } } }, { $group: { _id: '$g', n: { $sum: '$n' } } }],
        },
      },
    ],
    () => [{ $setWindowFields: { partitionBy: '$g', sortBy: { _id: 1 }, output: { w: window(chooser) } } }],
    () => [{ $replaceRoot: { newRoot: { k: '$_id', v: chooser.pick(ANY) } } }],
  ])();
}

function accumulator(chooser: Chooser): unknown {
  const number = chooser.pick(NUMBERS);
  return chooser.pick<unknown>([
    { $sum: 1 },
    { $sum: number },
    { $avg: number },
    { $min: number },
    { $max: number },
    { $count: {} },
    { $stdDevPop: '$u' },
    { $addToSet: '$u' },
    { $maxN: { n: 2, input: '$u' } },
    { $topN: { n: 2, sortBy: { u: -1, _id: 1 }, output: '$u' } },
  ]);
}

function window(chooser: Chooser): unknown {
  const documents = chooser.pick<unknown>([
    ['unbounded', 'current'],
    [-1, 1],
    ['current', 'unbounded'],
  ]);
  return chooser.pick<unknown>([
    { $sum: '$u', window: { documents } },
    { $max: '$u', window: { documents } },
    { $documentNumber: {} },
    { $shift: { output: '$u', by: 1, default: 0 } },
  ]);
}
