import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseDocument, toStored } from '@aerolithdb/protocol';
import { assertErrors } from './error-rows.ts';
import { parseFilter } from './parse-filter.ts';
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
    {"a":{"$slice":[1,0]}}  | invalid_projection | above 0
    {"a":{"$slice":"x"}}    | invalid_projection | takes a count
    {"a.b":{"$elemMatch":{"c":1}}} | invalid_projection | inside of one
    {"a":{"$elemMatch":1}}  | invalid_projection | an object of conditions
    {"a":{"b":1,"$add":[1]}} | invalid_projection | stands beside names
    {"a":{"$ad":[1]}}       | unknown_operator   | did you mean $add
    {"a":{"$add":["$"]}}    | invalid_expression | empty component
    {"a.$":0}               | invalid_projection | is shown
    {"a.$":1,"b.$":1}       | invalid_projection | one positional
    {"a.$.b":1}             | invalid_projection | at its end
    {"a.$":1,"b":0}         | invalid_projection | excludes "b"
    {"a":"$b","c":0}        | invalid_projection | excludes "c"
    {"a":"$b","a.b":1}      | invalid_projection | together with a part
    {"a":{"$meta":"textscore"}} | invalid_expression | textScore
  `,
    (text) => parseProjection(parseDocument(text)),
  );
});

/** `projection | filter of the query | document | what is shown` */
function assertShown(table: string): void {
  for (const [projection, filter, document, expected] of tableRows(table)) {
    const query = { filter: parseFilter(parseDocument(filter!)), surroundings: { variables: new Map(), now: 1000 } };
    const shown = project(parseProjection(parseDocument(projection!), query), parseDocument(document!));
    assert.equal(toStored(shown), expected, `${projection} of ${document}`);
  }
}

test('computed fields come after the others and see the whole document', () => {
  assertShown(`
    {"b":"$a"}                      | {} | {"_id":1,"a":2,"z":3}           | {"_id":1,"b":2}
    {"s":{"$add":["$a","$z"]},"z":1} | {} | {"_id":1,"a":2,"z":3}          | {"_id":1,"z":3,"s":5}
    {"_id":0,"t":"text","n":null}   | {} | {"_id":1}                       | {"t":"text","n":null}
    {"l":["$a","$b"]}               | {} | {"_id":1,"a":2}                 | {"_id":1,"l":[2,null]}
    {"x":"$nothing","a":1}          | {} | {"_id":1,"a":2}                 | {"_id":1,"a":2}
    {"o.s":{"$multiply":["$a",2]}}  | {} | {"_id":1,"a":2,"o":{"x":1}}     | {"_id":1,"o":{"s":4}}
    {"o":{"x":1,"s":"$a"}}          | {} | {"_id":1,"a":2,"o":{"x":1,"y":2}} | {"_id":1,"o":{"x":1,"s":2}}
    {"now":"$$NOW"}                 | {} | {"_id":1}                       | {"_id":1,"now":{"$date":1000}}
    {"_id":"$a"}                    | {} | {"_id":1,"a":2}                 | {"_id":2}
    {"f":{"$slice":["$a",1]}}       | {} | {"_id":1,"a":[5,6]}             | {"_id":1,"f":[5]}
    {"n":{"$literal":1}}            | {} | {"_id":1,"a":2}                 | {"_id":1,"n":1}
  `);
});

test('$slice shows a part of an array, and by itself the other fields too', () => {
  assertShown(`
    {"a":{"$slice":2}}              | {} | {"_id":1,"a":[1,2,3],"b":4}     | {"_id":1,"a":[1,2],"b":4}
    {"a":{"$slice":-2}}             | {} | {"_id":1,"a":[1,2,3],"b":4}     | {"_id":1,"a":[2,3],"b":4}
    {"a":{"$slice":[1,1]}}          | {} | {"_id":1,"a":[1,2,3]}           | {"_id":1,"a":[2]}
    {"a":{"$slice":[-5,2]}}         | {} | {"_id":1,"a":[1,2,3]}           | {"_id":1,"a":[1,2]}
    {"a":{"$slice":[7,2]}}          | {} | {"_id":1,"a":[1,2,3]}           | {"_id":1,"a":[]}
    {"a":{"$slice":0}}              | {} | {"_id":1,"a":[1,2,3]}           | {"_id":1,"a":[]}
    {"a":{"$slice":2},"b":1}        | {} | {"_id":1,"a":[1,2,3],"b":4,"c":5} | {"_id":1,"a":[1,2],"b":4}
    {"a":{"$slice":2},"b":0}        | {} | {"_id":1,"a":[1,2,3],"b":4,"c":5} | {"_id":1,"a":[1,2],"c":5}
    {"a":{"$slice":1},"_id":0}      | {} | {"_id":1,"a":[1,2,3],"b":4}     | {"a":[1],"b":4}
    {"a.b":{"$slice":1}}            | {} | {"a":[{"b":[1,2]},{"b":3},4]}   | {"a":[{"b":[1]},{"b":3},4]}
    {"a":{"$slice":1}}              | {} | {"a":5}                         | {"a":5}
  `);
});

test('$elemMatch and the positional $ show one element', () => {
  assertShown(`
    {"a":{"$elemMatch":{"x":2}}}          | {}              | {"_id":1,"a":[{"x":1},{"x":2,"y":3},{"x":2}],"b":4} | {"_id":1,"a":[{"x":2,"y":3}]}
    {"a":{"$elemMatch":{"$gt":1}},"b":1}  | {}              | {"_id":1,"a":[1,2,3],"b":4}                         | {"_id":1,"a":[2],"b":4}
    {"a":{"$elemMatch":{"$gt":9}}}        | {}              | {"_id":1,"a":[1,2,3]}                               | {"_id":1}
    {"a":{"$elemMatch":{"$gt":0}}}        | {}              | {"_id":1,"a":5}                                     | {"_id":1}
    {"a.$":1}                             | {"a":{"$gte":2}} | {"_id":1,"a":[1,2,3],"b":4}                         | {"_id":1,"a":[2]}
    {"a.$":1,"b":1}                       | {"a.x":2}       | {"_id":1,"a":[{"x":1},{"x":2}],"b":4}               | {"_id":1,"a":[{"x":2}],"b":4}
    {"o.a.$":1}                           | {"o.a":3}       | {"_id":1,"o":{"a":[2,3],"c":1}}                     | {"_id":1,"o":{"a":[3]}}
    {"a.$":1}                             | {"a":{"$elemMatch":{"x":1,"y":2}}} | {"a":[{"x":1},{"x":1,"y":2}]}      | {"a":[{"x":1,"y":2}]}
  `);
  const query = { filter: parseFilter(parseDocument('{"b":1}')) };
  const projection = parseProjection(parseDocument('{"a.$":1}'), query);
  assert.throws(() => project(projection, parseDocument('{"a":[1],"b":1}')), { code: 'invalid_projection' });
});
