import {
  Binary,
  DateTime,
  type Document,
  Double,
  double,
  ObjectId,
  parseDecimal128,
  RegularExpression,
  Timestamp,
  type Value,
} from '@aerolithdb/protocol';
import type { Chance } from '../chance.ts';
import type { Profile } from '../request.ts';

/** Few values, so that filters hit; each kind with those that are easily confused with others. */
const PLAIN: readonly Value[] = [
  ...[-2, -1, 0, 1, 2, 3, 5, 7, 10],
  ...[0.5, 1.5, -2.25, 1e10].map(double),
  ...['', 'a', 'ab', 'abc', 'b', 'A', '1', 'x y', 'é'],
  ...[true, false, null],
  ...[0, 1, 951_782_400_000, 1_500_000_000_000].map((ms) => new DateTime(ms)),
];
const NUMBERS: readonly Value[] = PLAIN.slice(0, 13);
const RARE: readonly Value[] = [
  ...[2_147_483_648, 9_007_199_254_740_992, 1e21, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0].map(double),
  ...[1n, 2n, 5_000_000_000n, 9_007_199_254_740_993n, 9_223_372_036_854_775_807n, -9_223_372_036_854_775_808n],
  ...[new Double(1), new Double(2), double(5e-324)],
  ...['1', '1.5', '2.50', 'NaN', '-Infinity', '1E+3', '9007199254740993'].map((text) => parseDecimal128(text)),
  ...['😀', '\uffff', 'a\0b', '{"$date":1}', '"', "'"],
  ...[new ObjectId('000000000000000000000000'), new ObjectId('0123456789abcdef01234567')],
  ...[new Binary(Uint8Array.of(1, 2)), new Binary(Uint8Array.of(1), 4)],
  ...[new RegularExpression('a'), new RegularExpression('^a', 'i'), new Timestamp(1, 1), new Timestamp(0, 2)],
];

/** The top-level fields and what usually stands in each, so that operators meet what they are for. */
const FIELDS: Readonly<Record<string, (values: Values) => Value>> = {
  a: (values) => values.scalar(),
  b: (values) => values.array(),
  c: (values) => values.object(),
  d: (values) => values.any(),
  n: (values) => values.number(),
};

/** FerretDB is handed plain objects, whose names of digits JavaScript puts first. */
const NAMES: Readonly<Record<Profile, readonly string[]>> = {
  every: ['x', 'y', 'z', '0', '1', 'x.y', '$ref'],
  flat: ['x', 'y', 'z'],
};

export class Values {
  readonly chance: Chance;
  readonly profile: Profile;

  constructor(chance: Chance, profile: Profile) {
    this.chance = chance;
    this.profile = profile;
  }

  number(): Value {
    return this.chance.pick(NUMBERS);
  }

  scalar(): Value {
    return this.profile === 'every' && this.chance.hits(0.3) ? this.chance.pick(RARE) : this.chance.pick(PLAIN);
  }

  array(depth = 2): Value[] {
    const kind = this.chance.below(4);
    if (kind === 0) return this.chance.several(0, 4, () => this.number());
    if (kind === 1) return this.chance.several(0, 3, () => this.object(depth - 1));
    return this.chance.several(0, 4, () => this.#element(depth - 1));
  }

  #element(depth: number): Value {
    if (this.profile !== 'flat') return this.any(depth);
    return depth <= 0 || this.chance.hits(0.7) ? this.scalar() : this.object(depth);
  }

  object(depth = 2): Document {
    return new Map(this.chance.several(0, 3, () => [this.chance.pick(NAMES[this.profile]), this.any(depth - 1)] as const));
  }

  any(depth = 2): Value {
    const kind = depth <= 0 ? 0 : this.chance.below(10);
    if (kind < 6) return this.scalar();
    return kind < 8 ? this.array(depth) : this.object(depth);
  }

  /** Each field is there, is null or holds something else now and then. */
  document(id: Value): Document {
    const document: Document = new Map([['_id', id]]);
    for (const [name, usual] of Object.entries(FIELDS)) {
      if (this.chance.hits(0.15)) continue;
      document.set(name, this.chance.hits(0.8) ? usual(this) : this.any());
    }
    return document;
  }

  documents(count: number): Document[] {
    return Array.from({ length: count }, (_, i) => this.document(i));
  }
}
