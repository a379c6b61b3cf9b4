import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseDocument, toStored } from '@aerolithdb/protocol';
import { assertErrors } from './error-rows.ts';
import { parseProjection } from './parse-projection.ts';
import { project } from './project.ts';
import { tableRows } from './text-table.ts';

test('inclusion and exclusion', () => {
  const table = `
    {}                     | {"_id":1,"a":2}                         | {"_id":1,"a":2}
    {"a":1}                | {"_id":1,"a":2,"b":3}                   | {"_id":1,"a":2}
    {"a":true}             | {"_id":1,"a":2,"b":3}                   | {"_id":1,"a":2}
    {"b":1,"a":1}          | {"_id":1,"a":2,"b":3}                   | {"_id":1,"a":2,"b":3}
    {"a":1,"_id":0}        | {"_id":1,"a":2,"b":3}                   | {"a":2}
    {"_id":0,"a":1}        | {"_id":1,"a":2,"b":3}                   | {"a":2}
    {"_id":1}              | {"_id":1,"a":2}                         | {"_id":1}
    {"_id":0}              | {"_id":1,"a":2}                         | {"a":2}
    {"a":0}                | {"_id":1,"a":2,"b":3}                   | {"_id":1,"b":3}
    {"a":0,"_id":0}        | {"_id":1,"a":2,"b":3}                   | {"b":3}
    {"a":0,"_id":1}        | {"_id":1,"a":2,"b":3}                   | {"_id":1,"b":3}
    {"a":2.5}              | {"_id":1,"a":2,"b":3}                   | {"_id":1,"a":2}
    {"z":1}                | {"_id":1,"a":2}                         | {"_id":1}
    {"a.b":1}              | {"_id":1,"a":{"b":2,"c":3}}             | {"_id":1,"a":{"b":2}}
    {"a":{"b":1}}          | {"_id":1,"a":{"b":2,"c":3}}             | {"_id":1,"a":{"b":2}}
    {"a":{"b":1,"c.d":1}}  | {"a":{"b":2,"c":{"d":3,"e":4}}}         | {"a":{"b":2,"c":{"d":3}}}
    {"a.b":1}              | {"_id":1,"a":{"c":3}}                   | {"_id":1,"a":{}}
    {"a.b":1}              | {"_id":1,"a":5}                         | {"_id":1}
    {"a.b":1}              | {"a":[{"b":1,"c":2},3,{"c":4},[{"b":5}]]} | {"a":[{"b":1},{},[{"b":5}]]}
    {"a.b":0}              | {"a":[{"b":1,"c":2},3,[{"b":5,"d":6}]]}   | {"a":[{"c":2},3,[{"d":6}]]}
    {"a.b":0}              | {"_id":1,"a":5}                         | {"_id":1,"a":5}
    {"a.0":1}              | {"a":[1,2]}                             | {"a":[]}
    {"_id.x":1}            | {"_id":{"x":1,"y":2},"a":3}             | {"_id":{"x":1}}
    {"_id.x":0}            | {"_id":{"x":1,"y":2},"a":3}             | {"_id":{"y":2},"a":3}
  `;
  for (const [projection, document, expected] of tableRows(table)) {
    const shown = project(parseProjection(parseDocument(projection!)), parseDocument(document!));
    assert.equal(toStored(shown), expected, `${projection} of ${document}`);
  }
});

test('an empty projection gives the document itself', () => {
  const document = parseDocument('{"a":1}');
  assert.equal(project(parseProjection(new Map()), document), document);
});

test('what is refused', () => {
  assertErrors(
    `
    {"a":1,"b":0}           | invalid_projection | includes "a" and excludes "b"
    {"a":0,"b":1}           | invalid_projection | excludes "a" and includes "b"
    {"a":{"b":1,"c":0}}     | invalid_projection | includes "a.b" and excludes "a.c"
    {"a":1,"a.b":1}         | invalid_projection | together with a part
    {"a.b":1,"a":1}         | invalid_projection | together with a part
    {"a":{"b":1},"a.b":1}   | invalid_projection | together with a part
    {"_id":0,"_id.x":1}     | invalid_projection | together with a part
    {"a":{}}                | invalid_projection | empty object
    {"a..b":1}              | invalid_projection | empty component
    {"":1}                  | invalid_projection | empty component
    {"a":"$b"}              | not_implemented    | computed field
    {"a":[1]}               | not_implemented    | computed field
    {"a":{"$slice":1}}      | not_implemented    | $slice
    {"a":{"$elemMatch":{}}} | not_implemented    | $elemMatch
    {"a.$":1}               | not_implemented    | positional $
  `,
    (text) => parseProjection(parseDocument(text)),
  );
});
