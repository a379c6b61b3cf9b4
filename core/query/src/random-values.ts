import { DateTime, Decimal128, type Document, Double, double, ObjectId, type Value } from '@aerolithdb/protocol';
import fc from 'fast-check';

/** Random documents for tests: few names and few scalars, so that filters often match and paths often meet arrays. */
export const name = fc.constantFrom('a', 'b', 'c', '0', '1');
export const path = fc.array(name, { minLength: 1, maxLength: 3 }).map((names) => names.join('.'));

export const scalar: fc.Arbitrary<Value> = fc.oneof(
  fc.integer({ min: -2, max: 3 }),
  fc.constantFrom<Value>(null, true, false, '', 'x', 'xy', 'é', '😀'),
  fc.constantFrom<Value>(1n, 5_000_000_000n, double(0.5), new Double(1), Number.NaN, -0, Number.POSITIVE_INFINITY),
  fc.constantFrom<Value>(new Decimal128('1.0'), new Decimal128('NaN'), new DateTime(1), new ObjectId('0'.repeat(24))),
);

const tree = fc.letrec<{ value: Value; array: Value[]; object: Document }>((tie) => ({
  value: fc.oneof({ depthSize: 'small', withCrossShrink: true }, scalar, tie('array'), tie('object')),
  array: fc.array(tie('value'), { maxLength: 3 }),
  object: fc.array(fc.tuple(name, tie('value')), { maxLength: 3 }).map((fields) => new Map(fields)),
}));

export const value: fc.Arbitrary<Value> = tree.value;
export const document: fc.Arbitrary<Document> = tree.object;

/** Operators on one value, as they stand in a filter. */
const simple: fc.Arbitrary<[string, Value]> = fc.oneof(
  fc.tuple(fc.constantFrom('$eq', '$ne', '$gt', '$gte', '$lt', '$lte'), value),
  fc.tuple(
    fc.constantFrom('$in', '$nin', '$all'),
    fc.array(
      value.filter((each) => !(each instanceof Map)),
      { maxLength: 3 },
    ),
  ),
  fc.tuple(fc.constant('$exists'), fc.boolean()),
  fc.tuple(fc.constant('$type'), fc.constantFrom('number', 'string', 'array', 'object', 'null', 'bool')),
  fc.tuple(fc.constant('$size'), fc.integer({ min: 0, max: 3 })),
  fc.tuple(fc.constant('$mod'), fc.constant<Value>([2, 1])),
  fc.tuple(fc.constant('$regex'), fc.constantFrom('x', '^x', 'y$')),
);
const flat: fc.Arbitrary<Document> = fc.array(simple, { minLength: 1, maxLength: 2 }).map((pairs) => new Map(pairs));

export const condition: fc.Arbitrary<Document> = fc.oneof(
  { weight: 4, arbitrary: flat },
  { weight: 1, arbitrary: flat.map((inner) => new Map([['$not', inner]])) },
  { weight: 1, arbitrary: flat.map((inner) => new Map([['$elemMatch', inner]])) },
  { weight: 1, arbitrary: fc.tuple(name, flat).map((pair) => new Map([['$elemMatch', new Map([pair])]])) },
);

export const filter: fc.Arbitrary<Document> = fc
  .array(fc.tuple(path, condition), { maxLength: 2 })
  .map((pairs) => new Map(pairs));
