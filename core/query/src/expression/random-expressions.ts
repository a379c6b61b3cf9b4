import type { Document, Value } from '@aerolithdb/protocol';
import { DateTime, double } from '@aerolithdb/protocol';
import fc from 'fast-check';

/**
 * Random expressions for tests, by the kind of what they give, so that few of them are refused. They keep to what another
 * implementation is to agree on: no decimals and 64-bit integers, and none of what `mingo-differences.ts` lists.
 */
type Kinds = { number: Value; text: Value; flag: Value; array: Value; object: Value; date: Value; any: Value };

const call = (name: string, operand: Value): Document => new Map([[name, operand]]);
const fields = (entries: Record<string, Value>): Document => new Map(Object.entries(entries));

const numbers: fc.Arbitrary<Value> = fc.oneof(
  fc.integer({ min: -5, max: 20 }),
  fc.constantFrom<Value>(double(0.5), double(2.25), double(-7.75), 2_147_483_647),
);
const texts = fc.constantFrom<Value>('', 'a', 'abc', 'Abc', 'a-b-c', ' x ', '日😀');

export const root: fc.Arbitrary<Document> = fc
  .record({ i: fc.integer({ min: -9, max: 9 }), d: numbers, s: texts, list: fc.array(numbers, { maxLength: 4 }) })
  .map(({ i, d, s, list }): Document => {
    const items: Value[] = list.map((value) => fields({ v: value, s }));
    return new Map<string, Value>([
      ['i', i],
      ['d', d],
      ['s', s],
      ['n', null],
      ['list', list],
      ['items', items],
      ['t', new DateTime(1_582_979_415_250)],
      ['o', fields({ x: i, y: s })],
    ]);
  });

type Tie = fc.LetrecTypedTie<Kinds>;

const { any: anyExpression } = fc.letrec<Kinds>((tie) => ({
  number: numbersBy(tie),
  text: textsBy(tie),
  flag: flagsBy(tie),
  array: arraysBy(tie),
  object: objectsBy(tie),
  date: datesBy(tie),
  any: anyBy(tie),
}));

export const expression: fc.Arbitrary<Value> = anyExpression;

function numbersBy(tie: Tie): fc.Arbitrary<Value> {
  return fc.oneof(
    { depthSize: 'small', maxDepth: 4 },
    numbers,
    fc.constantFrom<Value>('$i', '$d', '$o.x'),
    operators(['$add', '$multiply'], fc.array(tie('number'), { maxLength: 3 })),
    operators(['$subtract', '$mod', '$divide'], fc.tuple(tie('number'), numbers)),
    operators(['$abs', '$ceil', '$floor', '$exp'], tie('number')),
    operators(['$trunc'], fc.tuple(tie('number'), fc.constant(0))),
    operators(['$size'], tie('array')),
    operators(['$strLenCP', '$strLenBytes'], tie('text')),
    operators(
      ['$indexOfBytes'],
      fc.tuple(
        texts.filter((text) => text !== '日😀'),
        texts,
      ),
    ),
    operators(['$indexOfArray'], fc.tuple(tie('array'), tie('any'))),
    operators(['$cmp'], fc.tuple(tie('number'), tie('number'))),
    operators(['$strcasecmp'], fc.tuple(tie('text'), tie('text'))),
    operators(['$toInt', '$toLong', '$toDouble'], fc.oneof(tie('number'), tie('flag'))),
    operators(['$year', '$month', '$dayOfMonth', '$hour', '$isoWeek', '$dayOfWeek', '$dayOfYear'], tie('date')),
    operators(['$bitAnd', '$bitOr', '$bitXor'], fc.array(fc.integer({ min: -9, max: 99 }), { minLength: 1, maxLength: 3 })),
    tie('array').map((input) => call('$reduce', fields({ input, initialValue: 0, in: call('$add', ['$$value', 1]) }))),
    choice(tie('number'), tie('flag')),
  );
}

function textsBy(tie: Tie): fc.Arbitrary<Value> {
  return fc.oneof(
    { depthSize: 'small', maxDepth: 4 },
    texts,
    fc.constantFrom<Value>('$s', '$o.y'),
    operators(['$concat'], fc.array(tie('text'), { maxLength: 3 })),
    operators(['$toUpper', '$toLower'], tie('text')),
    operators(['$substrCP'], fc.tuple(tie('text'), fc.nat(4), fc.nat(4))),
    operators(
      ['$trim', '$ltrim', '$rtrim'],
      tie('text').map((input) => fields({ input })),
    ),
    fc.tuple(tie('text'), texts).map(([input, find]) => call('$replaceOne', fields({ input, find, replacement: '+' }))),
    operators(['$type'], fc.oneof(tie('text'), tie('flag'), tie('date'), tie('object'))),
    operators(['$toString'], fc.oneof(tie('flag'), tie('date'))),
    choice(tie('text'), tie('flag')),
  );
}

function flagsBy(tie: Tie): fc.Arbitrary<Value> {
  return fc.oneof(
    { depthSize: 'small', maxDepth: 4 },
    fc.boolean(),
    operators(['$and', '$or'], fc.array(fc.oneof(tie('number'), tie('flag'), tie('array')), { maxLength: 3 })),
    operators(['$not'], fc.tuple(fc.oneof(tie('number'), tie('flag'), tie('object')))),
    comparisons(tie('number')),
    comparisons(tie('text')),
    comparisons(tie('date')),
    operators(['$eq', '$ne'], fc.tuple(tie('number'), tie('text'))),
    operators(['$isArray'], fc.tuple(tie('any'))),
    operators(['$isNumber'], fc.oneof(tie('number'), tie('text'), tie('date'))),
    operators(['$in'], fc.tuple(tie('any'), tie('array'))),
    operators(['$setEquals', '$setIsSubset'], fc.tuple(tie('array'), tie('array'))),
    operators(['$allElementsTrue', '$anyElementTrue'], fc.tuple(tie('array'))),
    operators(['$toBool'], fc.oneof(tie('number'), tie('flag'), tie('date'))),
  );
}

function arraysBy(tie: Tie): fc.Arbitrary<Value> {
  return fc.oneof(
    { depthSize: 'small', maxDepth: 4 },
    fc.array(fc.oneof(numbers, texts), { maxLength: 4 }),
    fc.constantFrom<Value>('$list', '$items', '$items.v'),
    operators(['$concatArrays', '$setUnion'], fc.array(tie('array'), { maxLength: 3 })),
    operators(['$setIntersection'], fc.array(tie('array'), { minLength: 2, maxLength: 3 })),
    operators(['$setDifference'], fc.tuple(tie('array'), tie('array'))),
    operators(['$reverseArray'], tie('array')),
    operators(['$slice'], fc.tuple(tie('array'), fc.integer({ min: -3, max: 3 }))),
    operators(['$split'], fc.tuple(tie('text'), fc.constantFrom<Value>('-', 'b'))),
    operators(['$range'], fc.tuple(fc.integer({ min: -3, max: 3 }), fc.integer({ min: -3, max: 9 }), fc.constantFrom(1, 2, -1))),
    operators(['$objectToArray'], tie('object')),
    tie('array').map((input) => call('$map', fields({ input, as: 'e', in: ['$$e'] }))),
    fc.tuple(tie('array'), tie('flag')).map(([input, cond]) => call('$filter', fields({ input, cond }))),
    fc.array(fc.oneof(numbers, texts), { maxLength: 5 }).map((input) => call('$sortArray', fields({ input, sortBy: 1 }))),
    fc.tuple(tie('array'), tie('array')).map((inputs) => call('$zip', fields({ inputs, useLongestLength: true }))),
    fc.tuple(tie('array'), fc.integer({ min: 1, max: 3 })).map(([input, n]) => call('$firstN', fields({ input, n }))),
  );
}

function objectsBy(tie: Tie): fc.Arbitrary<Value> {
  return fc.oneof(
    { depthSize: 'small', maxDepth: 4 },
    fc.constantFrom<Value>('$o'),
    tie('any').map((p) => fields({ p })),
    operators(['$mergeObjects'], fc.array(tie('object'), { minLength: 1, maxLength: 3 })),
    tie('object').map((input) => call('$setField', fields({ field: 'x', input, value: 1 }))),
  );
}

function datesBy(tie: Tie): fc.Arbitrary<Value> {
  return fc.oneof(
    { depthSize: 'small', maxDepth: 4 },
    fc.constantFrom<Value>('$t', new DateTime(0), new DateTime(951_782_399_999)),
    fc
      .tuple(tie('date'), fc.constantFrom('week', 'day', 'hour'), fc.integer({ min: -30, max: 30 }))
      .map(([startDate, unit, amount]) => call('$dateAdd', fields({ startDate, unit, amount }))),
    fc
      .tuple(tie('date'), fc.constantFrom('day', 'hour', 'minute'))
      .map(([date, unit]) => call('$dateTrunc', fields({ date, unit }))),
    operators(['$add'], fc.tuple(tie('date'), fc.integer({ min: -1e6, max: 1e6 }))),
  );
}

function anyBy(tie: Tie): fc.Arbitrary<Value> {
  return fc.oneof(
    { depthSize: 'small', maxDepth: 4 },
    nullable(['$add', '$multiply', '$subtract', '$divide'], numbers),
    nullable(['$concat'], tie('text')),
    nullable(['$concatArrays', '$setIntersection', '$setDifference'], tie('array')),
    tie('number'),
    tie('text'),
    tie('flag'),
    tie('array'),
    tie('object'),
    tie('date'),
  );
}

function operators(names: readonly string[], operand: fc.Arbitrary<Value>): fc.Arbitrary<Value> {
  return fc.tuple(fc.constantFrom(...names), operand).map(([name, value]) => call(name, value));
}

function comparisons(value: fc.Arbitrary<Value>): fc.Arbitrary<Value> {
  return operators(['$eq', '$ne', '$gt', '$gte', '$lt', '$lte', '$cmp'], fc.tuple(value, value));
}

/** Two arguments, one of them null or missing. */
function nullable(names: readonly string[], value: fc.Arbitrary<Value>): fc.Arbitrary<Value> {
  const nothing = fc.constantFrom<Value>(null, '$nothing', '$n');
  return operators(names, fc.oneof(fc.tuple(value, nothing), fc.tuple(nothing, value)));
}

function choice(value: fc.Arbitrary<Value>, flag: fc.Arbitrary<Value>): fc.Arbitrary<Value> {
  return fc.oneof(
    fc.tuple(flag, value, value).map((parts) => call('$cond', parts)),
    fc.tuple(value, value).map((parts) => call('$ifNull', parts)),
  );
}
