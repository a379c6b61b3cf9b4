import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseDocument } from '@aerolithdb/protocol';
import fc from 'fast-check';
import { implies } from './implies.ts';
import { matches } from './matches.ts';
import { parseFilter } from './parse-filter.ts';
import { document, filter } from './random-values.ts';

const CASES: readonly (readonly [filter: string, wanted: string, implied: boolean])[] = [
  ['{"a":1}', '{}', true],
  ['{}', '{"a":1}', false],
  ['{"a":1,"b":2}', '{"b":2}', true],
  ['{"a":1}', '{"a":1.0}', true],
  ['{"a":1}', '{"b":1}', false],
  ['{"a":1}', '{"a":{"$exists":true}}', true],
  ['{"a":null}', '{"a":{"$exists":true}}', false],
  ['{"a":{"$in":[1,null]}}', '{"a":{"$exists":true}}', false],
  ['{"a":{"$gt":null}}', '{"a":{"$exists":true}}', true],
  ['{"a":{"$gte":null}}', '{"a":{"$exists":true}}', false],
  ['{"a":{"$ne":1}}', '{"a":{"$exists":true}}', false],
  ['{"a":{"$regex":"^x"}}', '{"a":{"$exists":true}}', true],
  ['{"a":{"$elemMatch":{"b":1}}}', '{"a":{"$exists":true}}', true],
  ['{"a":{"$gt":7}}', '{"a":{"$gte":5}}', true],
  ['{"a":{"$gt":5}}', '{"a":{"$gt":5}}', true],
  ['{"a":{"$gte":5}}', '{"a":{"$gt":5}}', false],
  ['{"a":{"$gt":5}}', '{"a":{"$gt":"5"}}', false],
  ['{"a":{"$gt":5}}', '{"a":{"$lt":9}}', false],
  ['{"a":{"$lt":5}}', '{"a":{"$lte":5}}', true],
  ['{"a":7}', '{"a":{"$gt":5,"$lt":9}}', true],
  ['{"a":{"$in":[6,7]}}', '{"a":{"$gt":5}}', true],
  ['{"a":{"$in":[6,7]}}', '{"a":{"$in":[7,6,5]}}', true],
  ['{"a":{"$in":[]}}', '{"a":{"$gt":5}}', false],
  ['{"a":{"$gt":5}}', '{"a":{"$type":"number"}}', true],
  ['{"a":5}', '{"a":{"$type":"int"}}', false],
  ['{"a":"x"}', '{"a":{"$type":"string"}}', true],
  ['{"a":{"$type":"int"}}', '{"a":{"$type":["int","long"]}}', true],
  ['{"a":{"$elemMatch":{"$gt":7,"$lt":9}}}', '{"a":{"$gt":5}}', true],
  ['{"a.0":{"$elemMatch":{"$gt":7}}}', '{"a.0":{"$gt":5}}', false],
  ['{"$or":[{"a":6},{"a":7}]}', '{"a":{"$gt":5}}', true],
  ['{"$or":[{"a":6},{"b":7}]}', '{"a":{"$gt":5}}', false],
  ['{"a":6}', '{"$or":[{"a":6},{"b":7}]}', true],
  ['{"a":{"$ne":1}}', '{"a":{"$ne":1}}', true],
  ['{"a":{"$ne":1}}', '{"a":{"$ne":2}}', false],
  ['{"$nor":[{"a":1}]}', '{"$nor":[{"a":1}]}', true],
  ['{"$expr":{"$gt":["$a",5]}}', '{"a":{"$gt":5}}', false],
  ['{"a":{"$all":[1,2]}}', '{"a":2}', true],
  ['{"a":{"$mod":[2,0]}}', '{"a":{"$mod":[2,0]}}', true],
];

for (const [given, wanted, implied] of CASES) {
  test(`${given} ${implied ? 'implies' : 'does not imply'} ${wanted}`, () => {
    assert.equal(implies(parseFilter(parseDocument(given)), parseFilter(parseDocument(wanted))), implied);
  });
}

test('what is implied is never contradicted by a document', () => {
  let told = 0;
  const check = (given: Parameters<typeof parseFilter>[0], wanted: typeof given, subjects: (typeof given)[]): void => {
    const [first, second] = [parseFilter(given), parseFilter(wanted)];
    if (!implies(first, second)) return;
    told++;
    for (const subject of subjects) if (matches(first, subject)) assert.ok(matches(second, subject));
  };
  const subjects = fc.array(document, { minLength: 10, maxLength: 20 });
  const pairs = fc.oneof(
    fc.tuple(filter, filter),
    fc.tuple(filter, filter).map(([a, b]) => [new Map([['$and', [a, b]]]), b] as const),
    fc.tuple(filter, filter).map(([a, b]) => [a, new Map([['$or', [a, b]]])] as const),
  );
  fc.assert(
    fc.property(pairs, subjects, ([a, b], documents) => check(a, b, documents)),
    { numRuns: 1000 },
  );
  assert.ok(told > 100);
});
