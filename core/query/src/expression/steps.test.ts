import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Document, parseDocument, parseValue, type Value } from '@aerolithdb/protocol';
import { bindFilter, bindFilterOfWrite } from '../bind-filter.ts';
import { matches } from '../matches.ts';
import { parseFilter } from '../parse-filter.ts';
import { parseExpression } from './parse-expression.ts';

const SMALL = parseDocument('{"_id":1,"a":5,"t":"abc"}');
const SURROUNDINGS = { variables: new Map(), now: 0 };
const REFUSED = { code: 'invalid_expression', message: /too many steps/ };

/** The filter as a writer evaluates it. */
function matchesInWrite(filter: string, document: Document = SMALL): boolean {
  return matches(bindFilterOfWrite(parseFilter(parseDocument(filter), { deterministic: true }), SURROUNDINGS), document);
}

function withList(length: number, element: Value = 7): Document {
  return new Map<string, Value>([['list', Array.from({ length }, () => element)]]);
}

const loop = (length: number, body: string): string => `{"$map":{"input":{"$range":[0,${length}]},"in":${body}}}`;

test('what would take very many steps is refused before it has taken them', () => {
  const text = new Map<string, Value>([['t', 'a'.repeat(100_000)]]);
  for (const [expression, document] of [
    [loop(1_000_000, loop(1_000_000, '"$a"')), SMALL],
    [loop(1000, loop(1000, '1')), SMALL],
    ['{"$range":[0,1000000]}', SMALL],
    [`{"$filter":{"input":{"$range":[0,5000]},"cond":${loop(5000, '"$$this"')}}}`, SMALL],
    ['{"$reduce":{"input":{"$range":[0,60]},"initialValue":[1],"in":{"$concatArrays":["$$value","$$value"]}}}', SMALL],
    [loop(9000, '"$list.x.y"'), withList(10_000)],
    [loop(9000, '{"$in":[1,"$list"]}'), withList(10_000)],
    [loop(9000, '{"$sortArray":{"input":"$list","sortBy":{"a":1,"b":1}}}'), withList(1000, new Map([['a', 1]]))],
    [loop(9000, '{"$regexMatch":{"input":"$t","regex":"(a|b){100}c"}}'), text],
    [loop(9000, '{"$regexMatch":{"input":"a","regex":{"$concat":["$x","(a|b){100}c"]}}}'), new Map([['x', 'a']])],
    ['{"$regexFindAll":{"input":"$t","regex":"a*b|a"}}', text],
    ['{"$replaceAll":{"input":"$t","find":"a","replacement":"$t"}}', new Map<string, Value>([['t', 'a'.repeat(4000)]])],
  ] as const) {
    assert.throws(() => matchesInWrite(`{"$expr":{"$isArray":[${expression}]}}`, document), REFUSED, expression);
  }
});

test('a pass through the document is within the limit, whatever its size', () => {
  const someAbove5 = '{"$expr":{"$gt":[{"$size":{"$filter":{"input":"$list","cond":{"$gt":["$$this",5]}}}},0]}}';
  assert.equal(matchesInWrite(someAbove5, withList(200_000)), true);
  assert.equal(matchesInWrite(`{"$expr":{"$in":[3000,{"$range":[0,4000]}]}}`), true);
  const text = new Map<string, Value>([['t', 'x'.repeat(1_000_000)]]);
  assert.equal(matchesInWrite('{"$expr":{"$regexMatch":{"input":"$t","regex":"x+y"}}}', text), false);
});

test('the expressions of a filter share the steps, so that many of them cost no more than one', () => {
  const one = `{"$expr":{"$isArray":[${loop(1500, '"$a"')}]}}`;
  assert.equal(matchesInWrite(one), true);
  assert.equal(matchesInWrite(`{"$or":[{"a":6},{"$nor":[{"$nor":[${one}]}]}]}`), true);
  assert.throws(() => matchesInWrite(`{"$or":[${one},${one},${one}]}`), REFUSED);
});

test('the steps are those of filter and document: neither other documents nor repetition count', () => {
  const filter = bindFilterOfWrite(parseFilter(parseDocument(`{"$expr":{"$isArray":[${loop(1500, '"$a"')}]}}`)), SURROUNDINGS);
  for (let i = 0; i < 20; i += 1) assert.equal(matches(filter, SMALL), true);
});

test('a read has no limit of steps', () => {
  const filter = parseFilter(
    parseDocument(`{"$expr":{"$eq":[{"$size":[${loop(100_000, '{"$add":["$$this","$a"]}')}]},100000]}}`),
  );
  assert.equal(matches(bindFilter(filter, SURROUNDINGS), SMALL), true);
});

test('what takes long is not evaluated while it is read', () => {
  const ranges = Array.from({ length: 3000 }, () => '{"$range":[0,1000000]}');
  assert.equal(parseExpression(parseValue(`[${ranges.join()}]`)).isConstant, false);
  assert.equal(parseExpression(parseValue('{"$range":[0,10]}')).isConstant, true);
  const literal = `[${Array.from({ length: 5000 }, (_, i) => i).join()}]`;
  assert.equal(parseExpression(parseValue(literal)).isConstant, true);
});

test('a place sees a limited number of variables', () => {
  const names = (count: number): string => Array.from({ length: count }, (_, i) => `"v${i}":1`).join();
  const expression = (count: number): string => `{"$let":{"vars":{${names(count)}},"in":"$$v0"}}`;
  assert.ok(parseExpression(parseValue(expression(100))));
  assert.throws(() => parseExpression(parseValue(expression(101))), { code: 'invalid_expression', message: /100 variables/ });
});

test('in a large collection each document has fewer steps, but enough for any simple expression', () => {
  const bound = (filter: string, documents: number) =>
    bindFilterOfWrite(parseFilter(parseDocument(filter), { deterministic: true }), SURROUNDINGS, documents);
  const expensive = `{"$expr":{"$isArray":[${loop(1500, '"$a"')}]}}`;
  assert.equal(matches(bound(expensive, 5000), SMALL), true);
  assert.throws(() => matches(bound(expensive, 100_000), SMALL), REFUSED);
  const simple = '{"$expr":{"$and":[{"$gt":["$a",{"$add":["$b",1]}]},{"$eq":[{"$toUpper":"$t"},"ABC"]}]}}';
  assert.equal(matches(bound(simple, 1_000_000_000), SMALL), true);
});
