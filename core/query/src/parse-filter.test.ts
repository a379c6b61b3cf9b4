import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type AerolithError, parseDocument } from '@aerolithdb/protocol';
import { assertErrors } from './error-rows.ts';
import { EVERYTHING, type Filter } from './filter.ts';
import { parseFilter } from './parse-filter.ts';

function parse(text: string): Filter {
  return parseFilter(parseDocument(text));
}

/** The normal form without the parts that are functions or sets. */
function shape(filter: Filter): unknown {
  return JSON.parse(JSON.stringify(filter, (key, value) => (key === 'set' ? undefined : value)));
}

test('the normal form: flat ands, one test a part', () => {
  assert.deepEqual(parse('{}'), EVERYTHING);
  assert.deepEqual(parse('{"$comment":"x"}'), EVERYTHING);
  assert.deepEqual(shape(parse('{"a.b":1}')), { kind: 'field', path: ['a', 'b'], test: { op: 'eq', value: 1 } });
  assert.deepEqual(shape(parse('{"a":{"$gt":1,"$lt":5},"$and":[{"b":2},{"c":3,"d":4}]}')), {
    kind: 'and',
    filters: [
      { kind: 'field', path: ['a'], test: { op: 'gt', value: 1 } },
      { kind: 'field', path: ['a'], test: { op: 'lt', value: 5 } },
      { kind: 'field', path: ['b'], test: { op: 'eq', value: 2 } },
      { kind: 'field', path: ['c'], test: { op: 'eq', value: 3 } },
      { kind: 'field', path: ['d'], test: { op: 'eq', value: 4 } },
    ],
  });
});

test('the normal form: negations', () => {
  const a = (inner: unknown): unknown => ({ kind: 'field', path: ['a'], test: inner });
  assert.deepEqual(shape(parse('{"a":{"$ne":1}}')), a({ op: 'not', tests: [{ op: 'eq', value: 1 }] }));
  assert.deepEqual(shape(parse('{"a":{"$nin":[1,2]}}')), a({ op: 'not', tests: [{ op: 'in', values: [1, 2] }] }));
  assert.deepEqual(shape(parse('{"a":{"$not":{"$gt":1,"$lt":5}}}')), {
    kind: 'nor',
    filters: [{ kind: 'and', filters: [a({ op: 'gt', value: 1 }), a({ op: 'lt', value: 5 })] }],
  });
});

test('the normal form: $in with regular expressions is an or', () => {
  const filter = parse('{"a":{"$in":[1,{"$regularExpression":{"pattern":"^x","options":""}}]}}');
  assert.deepEqual(shape(filter), {
    kind: 'or',
    filters: [
      { kind: 'field', path: ['a'], test: { op: 'in', values: [1] } },
      { kind: 'field', path: ['a'], test: { op: 'regex', pattern: '^x', options: '', instructions: 0 } },
    ],
  });
  const only = parse('{"a":{"$in":[{"$regularExpression":{"pattern":"^x","options":""}}]}}');
  assert.equal(only.kind, 'field');
});

test('operands of the wrong kind get a sentence', () => {
  assertErrors(
    `
    {"$and":{"a":1}}                  | invalid_filter | $and takes an array
    {"$or":[]}                        | invalid_filter | one or more filters
    {"$nor":[1]}                      | invalid_filter | Every element of $nor
    {"a":{"$in":1}}                   | invalid_filter | $in takes an array of values, not an int
    {"a":{"$nin":{"$gt":1}}}          | invalid_filter | $nin takes an array of values, not an object
    {"a":{"$in":[{"$gt":1}]}}         | invalid_filter | operators have no place
    {"a":{"$not":5}}                  | invalid_filter | use $ne
    {"a":{"$not":{}}}                 | invalid_filter | $not takes a regular expression
    {"a":{"$exists":"yes"}}           | invalid_filter | true or false, not a string
    {"a":{"$all":1}}                  | invalid_filter | $all takes an array
    {"a":{"$all":[{"$gt":1}]}}        | invalid_filter | other operators have no place
    {"a":{"$all":[{"$elemMatch":{"x":1}},1]}} | invalid_filter | all of them must be
    {"a":{"$elemMatch":1}}            | invalid_filter | $elemMatch takes an object
    {"a":{"$size":-1}}                | invalid_filter | not negative
    {"a":{"$size":1.5}}               | invalid_filter | whole number
    {"a":{"$size":"1"}}               | invalid_filter | whole number
    {"a":{"$mod":4}}                  | invalid_filter | [divisor, remainder]
    {"a":{"$mod":[4]}}                | invalid_filter | [divisor, remainder]
    {"a":{"$mod":[0,1]}}              | invalid_filter | must not be 0
    {"a":{"$mod":[0.5,1]}}            | invalid_filter | must not be 0
    {"a":{"$mod":["4",0]}}            | invalid_filter | takes numbers
    {"a":{"$mod":[9223372036854775807,0]}} | invalid_filter | takes numbers between
    {"a":{"$type":[]}}                | invalid_filter | at least one type
    {"a":{"$type":"strng"}}           | invalid_filter | did you mean "string"?
    {"a":{"$type":99}}                | invalid_filter | type number
    {"a":{"$type":true}}              | invalid_filter | type number
    {"a":{"$regex":5}}                | invalid_filter | $regex takes a string
    {"a":{"$regex":"x","$options":1}} | invalid_filter | $options takes a string
    {"a":{"$options":"i"}}            | invalid_filter | there is no $regex
    {"a":{"$regex":{"$regularExpression":{"pattern":"x","options":"i"}},"$options":"m"}} | invalid_filter | set twice
    {"a":{"$ne":{"$regularExpression":{"pattern":"x","options":""}}}} | invalid_filter | $not
    {"a":{"$gt":{"$regularExpression":{"pattern":"x","options":""}}}} | invalid_filter | regular expression
    {"a":{"$gt":1,"b":2}}             | invalid_filter | "b" stands among operators
    {"$gt":5}                         | invalid_filter | belongs to a field
    {"$not":{"a":1}}                  | invalid_filter | $nor
    {"a":{"$regex":"("}}              | invalid_regex  | not accepted
    {"a":{"$regex":"x","$options":"g"}} | invalid_regex | "g" is no option
  `,
    parse,
  );
});

test('unknown operators name the nearest known one; those to come say so', () => {
  assertErrors(
    `
    {"a":{"$gtee":1}}            | unknown_operator | did you mean $gte?
    {"a":{"$regx":"x"}}          | unknown_operator | did you mean $regex?
    {"a":{"$foobar":1}}          | unknown_operator | known are $eq
    {"a":{"$expr":{"$gt":[1,2]}}} | unknown_operator | stands beside the fields
    {"a":{"$or":[{"b":1}]}}      | unknown_operator | stands beside the fields
    {"$ad":[]}                   | unknown_operator | did you mean $and?
    {"$exp":{"$gt":["$a",1]}}    | unknown_operator | did you mean $expr?
    {"$expr":{"$gtt":["$a",1]}}  | unknown_operator | did you mean $gt?
    {"$expr":{"$gt":["$a"]}}     | invalid_expression | takes 2 arguments
    {"a":{"$elemMatch":{"b":1,"$expr":1}}} | invalid_filter | no place in $elemMatch
    {"$where":"x"}               | not_implemented  | $where
    {"a":{"$bitsAllSet":-1}}     | invalid_filter   | not negative
    {"a":{"$bitsAnySet":[1.5]}}  | invalid_filter   | positions
    {"a":{"$bitsAnySet":[16384]}} | invalid_filter  | 0 to 16383
  `,
    parse,
  );
  assert.throws(
    () => parse('{"a":{"$gtt":1}}'),
    (error: AerolithError) => error.details.operator === '$gtt' && typeof error.details.nearest === 'string',
  );
});

test('alternatives and paths are bounded', () => {
  const regex = (index: number): string => `{"$regularExpression":{"pattern":"${index}","options":""}}`;
  const many = Array.from({ length: 300 }, (_, index) => regex(index)).join();
  assert.throws(() => parse(`{"a":{"$in":[${many}]}}`), { code: 'invalid_filter' });
  const pair = `{"$elemMatch":{"$in":[${regex(1)},${regex(2)}]}}`;
  const pairs = new Array(20).fill(pair).join();
  assert.throws(() => parse(`{"a":{"$all":[${pairs}]}}`), { code: 'invalid_filter' });
  assert.throws(() => parse(`{"${'a.'.repeat(200)}a":1}`), { code: 'invalid_filter' });
  assert.throws(() => parse(`{"a${'.0'.repeat(11)}":1}`), { code: 'invalid_filter', message: /more than 10 numbers/ });
  assert.ok(parse(`{"a${'.0'.repeat(10)}":1}`));
});
