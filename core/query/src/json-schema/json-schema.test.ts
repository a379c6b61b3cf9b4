import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseDocument } from '@aerolithdb/protocol';
import { bindFilterOfWrite } from '../bind-filter.ts';
import { matches } from '../matches.ts';
import { parseFilter } from '../parse-filter.ts';
import { tableRows } from '../text-table.ts';

/** `schema | a document that satisfies it | one that does not` */
const CASES = `
  {"bsonType":"object"}                                        | {}                    | -
  {"required":["a","b"]}                                       | {"a":1,"b":null}      | {"a":1}
  {"properties":{"a":{"bsonType":"int"}}}                      | {"b":1}               | {"a":1.5}
  {"properties":{"a":{"bsonType":["int","null"]}}}             | {"a":null}            | {"a":"1"}
  {"properties":{"a":{"bsonType":"number"}}}                   | {"a":{"$numberDecimal":"1"}} | {"a":"1"}
  {"properties":{"a":{"type":"number"}}}                       | {"a":1.5}             | {"a":true}
  {"properties":{"a":{"enum":[1,"x",[1]]}}}                    | {"a":{"$numberDecimal":"1.0"}} | {"a":[2]}
  {"properties":{"a":{"minimum":2}}}                           | {"a":2}               | {"a":1}
  {"properties":{"a":{"minimum":2,"exclusiveMinimum":true}}}   | {"a":2.1}             | {"a":2}
  {"properties":{"a":{"maximum":2}}}                           | {"a":"3"}             | {"a":3}
  {"properties":{"a":{"maximum":2,"exclusiveMaximum":true}}}   | {"a":1}               | {"a":2}
  {"properties":{"a":{"multipleOf":0.1}}}                      | {"a":0.3}             | {"a":0.25}
  {"properties":{"a":{"minLength":2}}}                         | {"a":"日😀"}           | {"a":"😀"}
  {"properties":{"a":{"maxLength":1}}}                         | {"a":"😀"}             | {"a":"ab"}
  {"properties":{"a":{"pattern":"^a+$"}}}                      | {"a":"aa"}            | {"a":"ab"}
  {"patternProperties":{"^n_":{"type":"number"}}}              | {"n_a":1,"b":"x"}     | {"n_a":"x"}
  {"properties":{"a":{}},"additionalProperties":false}         | {"a":1}               | {"a":1,"b":2}
  {"patternProperties":{"^x":{}},"additionalProperties":{"type":"string"}} | {"x":1,"y":"z"} | {"x":1,"y":2}
  {"minProperties":2}                                          | {"a":1,"b":2}         | {"a":1}
  {"maxProperties":1}                                          | {"a":1}               | {"a":1,"b":2}
  {"dependencies":{"a":["b"]}}                                 | {"b":1}               | {"a":1}
  {"dependencies":{"a":{"required":["c"]}}}                    | {"a":1,"c":1}         | {"a":1}
  {"properties":{"a":{"items":{"type":"number"}}}}             | {"a":[1,2]}           | {"a":[1,"x"]}
  {"properties":{"a":{"items":[{"type":"number"},{"type":"string"}]}}} | {"a":[1]}     | {"a":[1,2]}
  {"properties":{"a":{"items":[{}],"additionalItems":false}}}  | {"a":[1]}             | {"a":[1,2]}
  {"properties":{"a":{"items":[{}],"additionalItems":{"type":"string"}}}} | {"a":[1,"x"]} | {"a":[1,2]}
  {"properties":{"a":{"minItems":1}}}                          | {"a":[1]}             | {"a":[]}
  {"properties":{"a":{"maxItems":1}}}                          | {"a":{}}              | {"a":[1,2]}
  {"properties":{"a":{"uniqueItems":true}}}                    | {"a":[1,"1",{"x":1}]} | {"a":[1,{"$numberDecimal":"1"}]}
  {"allOf":[{"required":["a"]},{"required":["b"]}]}            | {"a":1,"b":1}         | {"a":1}
  {"anyOf":[{"required":["a"]},{"required":["b"]}]}            | {"b":1}               | {}
  {"oneOf":[{"required":["a"]},{"required":["b"]}]}            | {"b":1}               | {"a":1,"b":1}
  {"not":{"required":["a"]}}                                   | {}                    | {"a":1}
  {"title":"t","description":"d","properties":{"a":{"properties":{"b":{"bsonType":"bool"}}}}} | {"a":{"b":true}} | {"a":{"b":1}}
`;

test('each keyword of MongoDB', () => {
  for (const [schema, satisfies, violates] of tableRows(CASES)) {
    const filter = parseFilter(parseDocument(`{"$jsonSchema":${schema}}`));
    assert.equal(matches(filter, parseDocument(satisfies!)), true, `${schema} ${satisfies}`);
    if (violates !== '-') assert.equal(matches(filter, parseDocument(violates!)), false, `${schema} ${violates}`);
  }
});

test('it stands beside fields and in $nor', () => {
  const filter = parseFilter(parseDocument('{"b":1,"$nor":[{"$jsonSchema":{"required":["a"]}}]}'));
  assert.equal(matches(filter, parseDocument('{"b":1}')), true);
  assert.equal(matches(filter, parseDocument('{"a":1,"b":1}')), false);
});

test('what is no schema is refused, with the nearest keyword', () => {
  for (const schema of [
    '1',
    '{"requird":["a"]}',
    '{"required":[]}',
    '{"required":[1]}',
    '{"type":"integer"}',
    '{"bsonType":"txt"}',
    '{"$ref":"#/x"}',
    '{"minLength":-1}',
    '{"exclusiveMinimum":true}',
    '{"minimum":"1"}',
    '{"multipleOf":0}',
    '{"allOf":[]}',
    '{"items":1}',
  ]) {
    assert.throws(() => parseFilter(parseDocument(`{"$jsonSchema":${schema}}`)), { code: 'invalid_filter' }, schema);
  }
  assert.throws(() => parseFilter(parseDocument('{"$jsonSchema":{"requird":["a"]}}')), { message: /did you mean "required"/ });
  assert.throws(() => parseFilter(parseDocument('{"$jsonSchema":{"pattern":"("}}')), { code: 'invalid_regex' });
  assert.throws(() => parseFilter(parseDocument('{"a":{"$elemMatch":{"$jsonSchema":{}}}}')), { code: 'invalid_filter' });
});

test('in a write it spends steps', () => {
  const many = `[${Array.from({ length: 20_000 }, () => '{"required":["a"]}').join()}]`;
  const filter = bindFilterOfWrite(parseFilter(parseDocument(`{"$jsonSchema":{"anyOf":${many}}}`)), {
    variables: new Map(),
    now: 0,
  });
  assert.throws(() => matches(filter, parseDocument('{"b":1}')), { code: 'invalid_expression' });
});
