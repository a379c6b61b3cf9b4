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
import type { SeededRandom } from './seeded-random.ts';

/** Few values, so that filters hit; each kind with those that are easily confused with others. */
const NUMBERS: readonly Value[] = [
  ...[-1, 0, 1, 2, 3, 5, 1.5, -0.5, -0, 2147483648, 9007199254740992, 1e21, Number.NaN, Number.POSITIVE_INFINITY],
  ...[1n, 2n, 5000000000n, 9007199254740993n, -9223372036854775808n, 9223372036854775807n],
  ...[new Double(1), new Double(2), Number.NEGATIVE_INFINITY, double(5e-324)],
  ...['1', '1.5', '2.50', 'NaN', '-Infinity', '1E+3', '9007199254740993'].map((text) => parseDecimal128(text)),
];
const TEXTS = [
  '',
  'a',
  'ab',
  'abc',
  'b',
  'A',
  '[',
  '[1]',
  '{',
  '{"$date":1}',
  '1',
  'é',
  '😀',
  '\uffff',
  'a\0b',
  '"',
  "'",
  '\\',
  '?',
  '*',
];
const OTHERS: readonly Value[] = [
  ...[true, false, null, true, false, null],
  ...[0, 1, -1, 1_500_000_000_000].map((ms) => new DateTime(ms)),
  ...['000000000000000000000000', '0123456789abcdef01234567'].map((hex) => new ObjectId(hex)),
  ...[new Binary(Uint8Array.of(1, 2)), new Binary(Uint8Array.of(1), 4)],
  ...[new RegularExpression('a'), new RegularExpression('^a', 'i'), new RegularExpression('^ab')],
  ...[new Timestamp(1, 1), new Timestamp(0, 2)],
];
export const FIELDS = ['a', 'b', 'c', 'x', 'y', '0', '1', 'we"ird', "it's", 'a?b', 'é', 'a.x'];
const NESTED_FIELDS = ['x', 'y', '0', '1', 'a', '$ref', 'x.y'];

export function randomScalar(random: SeededRandom): Value {
  const kind = random.below(10);
  if (kind < 5) return random.pick(NUMBERS);
  return kind < 8 ? random.pick(TEXTS) : random.pick(OTHERS);
}

export function randomValue(random: SeededRandom, depth = 3): Value {
  const kind = depth === 0 ? 0 : random.below(10);
  if (kind < 5) return randomScalar(random);
  if (kind < 8) return random.times(4, () => randomValue(random, depth - 1));
  return new Map(random.times(4, () => [random.pick(NESTED_FIELDS), randomValue(random, depth - 1)] as const));
}

/** Without arrays in about half of the databases, so that indexes are not all multikey. */
export function randomDocument(random: SeededRandom, id: Value, withArrays: boolean): Document {
  const document: Document = new Map([['_id', id]]);
  for (let i = random.below(6); i >= 0; i--) {
    const value = randomValue(random);
    document.set(
      random.chance(0.7) ? random.pick(['a', 'b', 'c']) : random.pick(FIELDS),
      withArrays ? value : withoutArrays(value),
    );
  }
  return document;
}

function withoutArrays(value: Value): Value {
  if (Array.isArray(value)) return value.length === 0 ? 0 : withoutArrays(value[0]!);
  if (!(value instanceof Map)) return value;
  return new Map([...value].map(([name, member]) => [name, withoutArrays(member)] as const));
}

export function randomId(random: SeededRandom, number: number): Value {
  const kind = random.below(6);
  if (kind === 0) return `id${number}`;
  if (kind === 1) return new ObjectId(number.toString(16).padStart(24, '0'));
  if (kind === 2) return new Map<string, Value>([['x', number]]);
  return kind === 3 ? number + 0.5 : number;
}
