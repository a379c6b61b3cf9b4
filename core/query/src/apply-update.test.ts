import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type AerolithError, type Document, parseDocument, parseValue, toStored, type Value } from '@aerolithdb/protocol';
import { applyUpdate } from './apply-update.ts';
import { assertErrors } from './error-rows.ts';
import { parseFilter } from './parse-filter.ts';
import { parseUpdate } from './parse-update.ts';
import { tableRows } from './text-table.ts';

const TIME = 1_700_000_000_123;

type Extra = { readonly filter?: string; readonly arrayFilters?: string; readonly insert?: boolean };

function apply(update: string, document: string, extra: Extra = {}): string {
  const before = parseDocument(document);
  const arrayFilters = parseValue(extra.arrayFilters ?? '[]') as Value[];
  const parsed = parseUpdate(parseDocument(update), arrayFilters as Document[]);
  const after = applyUpdate(parsed, before, {
    time: TIME,
    filter: parseFilter(parseDocument(extra.filter ?? '{}')),
    insert: extra.insert ?? false,
  });
  assert.equal(toStored(before), toStored(parseDocument(document)), `${update} changed its input in place`);
  if (toStored(after) === toStored(before)) assert.equal(after, before, `${update} made a copy though nothing changed`);
  return toStored(after);
}

/** Rows `update | document | result`; `=` stands for the document itself. */
function checkTable(table: string): void {
  for (const [update, document, expected] of tableRows(table)) {
    assert.equal(apply(update!, document!), expected === '=' ? document : expected, `${update} on ${document}`);
  }
}

test('$set makes fields and objects on the way, and changes nothing that is the same', () => {
  checkTable(`
    {"$set":{"a":1}}                  | {}                    | {"a":1}
    {"$set":{"a":2}}                  | {"a":1,"b":3}         | {"a":2,"b":3}
    {"$set":{"a":1}}                  | {"a":1}               | =
    {"$set":{"a":1.0}}                | {"a":1}               | {"a":1.0}
    {"$set":{"a":{"x":1,"y":2}}}      | {"a":{"x":1,"y":2}}   | =
    {"$set":{"a":{"y":2,"x":1}}}      | {"a":{"x":1,"y":2}}   | {"a":{"y":2,"x":1}}
    {"$set":{"a":[1,2.0]}}            | {"a":[1,2]}           | {"a":[1,2.0]}
    {"$set":{"a.b.c":1}}              | {}                    | {"a":{"b":{"c":1}}}
    {"$set":{"a.b.c":1}}              | {"a":{"x":0}}         | {"a":{"x":0,"b":{"c":1}}}
    {"$set":{"a.0":1}}                | {}                    | {"a":{"0":1}}
    {"$set":{"a.0":9}}                | {"a":[1,2]}           | {"a":[9,2]}
    {"$set":{"a.3":9}}                | {"a":[1]}             | {"a":[1,null,null,9]}
    {"$set":{"a.1.b":9}}              | {"a":[1]}             | {"a":[1,{"b":9}]}
    {"$set":{"a.0.b":9}}              | {"a":[{"b":1,"c":2}]} | {"a":[{"b":9,"c":2}]}
    {"$set":{}}                       | {"a":1}               | =
    {"$set":{"a":null}}               | {}                    | {"a":null}
  `);
});

test('new fields are appended in the order of their paths', () => {
  checkTable(`
    {"$set":{"c":1,"a":2,"b":3}}               | {"z":0}   | {"z":0,"a":2,"b":3,"c":1}
    {"$set":{"b":1},"$inc":{"a":1}}            | {}        | {"a":1,"b":1}
    {"$set":{"x.10":1,"x.9":2}}                | {"x":{}}  | {"x":{"9":2,"10":1}}
    {"$set":{"b.z":1,"b.a":2,"a.q":3}}         | {}        | {"a":{"q":3},"b":{"a":2,"z":1}}
    {"$set":{"c":1,"a":2}}                     | {"c":0}   | {"c":1,"a":2}
  `);
});

test('$unset', () => {
  checkTable(`
    {"$unset":{"a":1}}      | {"a":1,"b":2}     | {"b":2}
    {"$unset":{"a":""}}     | {"b":2}           | =
    {"$unset":{"a.b":1}}    | {"a":{"b":1}}     | {"a":{}}
    {"$unset":{"a.b":1}}    | {"a":5}           | =
    {"$unset":{"a.b":1}}    | {"a":[1]}         | =
    {"$unset":{"a.1":1}}    | {"a":[1,2,3]}     | {"a":[1,null,3]}
    {"$unset":{"a.7":1}}    | {"a":[1,2,3]}     | =
    {"$unset":{"a.b.c":1}}  | {}                | =
  `);
});

test('$inc and $mul promote types as MongoDB does', () => {
  checkTable(`
    {"$inc":{"a":2}}                           | {"a":1}                        | {"a":3}
    {"$inc":{"a":2}}                           | {}                             | {"a":2}
    {"$inc":{"a.b":2}}                         | {}                             | {"a":{"b":2}}
    {"$inc":{"a":0}}                           | {"a":1}                        | =
    {"$inc":{"a":1}}                           | {"a":2147483647}               | {"a":2147483648}
    {"$inc":{"a":{"$numberLong":"1"}}}         | {"a":1}                        | {"a":{"$numberLong":"2"}}
    {"$inc":{"a":{"$numberLong":"0"}}}         | {"a":1}                        | {"a":{"$numberLong":"1"}}
    {"$inc":{"a":-5000000000}}                 | {"a":5000000001}               | {"a":{"$numberLong":"1"}}
    {"$inc":{"a":0.5}}                         | {"a":1}                        | {"a":1.5}
    {"$inc":{"a":1.0}}                         | {"a":1}                        | {"a":2.0}
    {"$inc":{"a":0.2}}                         | {"a":0.1}                      | {"a":0.30000000000000004}
    {"$inc":{"a":{"$numberDecimal":"0.2"}}}    | {"a":{"$numberDecimal":"0.1"}} | {"a":{"$numberDecimal":"0.3"}}
    {"$inc":{"a":{"$numberDecimal":"0.2"}}}    | {"a":0.1}                      | {"a":{"$numberDecimal":"0.3"}}
    {"$inc":{"a":{"$numberDecimal":"0.20"}}}   | {"a":1}                        | {"a":{"$numberDecimal":"1.20"}}
    {"$mul":{"a":3}}                           | {"a":2}                        | {"a":6}
    {"$mul":{"a":3}}                           | {}                             | {"a":0}
    {"$mul":{"a":2.5}}                         | {}                             | {"a":0.0}
    {"$mul":{"a":{"$numberLong":"2"}}}         | {}                             | {"a":{"$numberLong":"0"}}
    {"$mul":{"a":{"$numberDecimal":"2"}}}      | {}                             | {"a":{"$numberDecimal":"0"}}
    {"$mul":{"a":65536}}                       | {"a":65536}                    | {"a":4294967296}
    {"$mul":{"a":-1}}                          | {"a":-2147483648}              | {"a":2147483648}
    {"$mul":{"a":0}}                           | {"a":-5}                       | {"a":0}
    {"$mul":{"a":0.5}}                         | {"a":3}                        | {"a":1.5}
    {"$mul":{"a":{"$numberDecimal":"0.1"}}}    | {"a":{"$numberDecimal":"0.1"}} | {"a":{"$numberDecimal":"0.01"}}
    {"$inc":{"a.0":1,"a.1":2}}                 | {"a":[1,1]}                    | {"a":[2,3]}
  `);
});

test('$min and $max compare across all types', () => {
  checkTable(`
    {"$min":{"a":3}}     | {"a":5}      | {"a":3}
    {"$min":{"a":7}}     | {"a":5}      | =
    {"$min":{"a":5.0}}   | {"a":5}      | =
    {"$min":{"a":3}}     | {}           | {"a":3}
    {"$max":{"a":7}}     | {"a":5}      | {"a":7}
    {"$max":{"a":3}}     | {"a":5}      | =
    {"$max":{"a":"x"}}   | {"a":5}      | {"a":"x"}
    {"$min":{"a":null}}  | {"a":5}      | {"a":null}
    {"$max":{"a":{"$date":5}}} | {"a":{"$date":4}} | {"a":{"$date":5}}
  `);
});

test('$rename', () => {
  checkTable(`
    {"$rename":{"a":"b"}}                      | {"a":1,"c":2}         | {"c":2,"b":1}
    {"$rename":{"a":"c"}}                      | {"a":1,"c":2}         | {"c":1}
    {"$rename":{"a":"b"}}                      | {"c":2}               | =
    {"$rename":{"a.x":"b.y"}}                  | {"a":{"x":1,"z":2}}   | {"a":{"z":2},"b":{"y":1}}
    {"$rename":{"a.x":"a.y"}}                  | {"a":{"x":1}}         | {"a":{"y":1}}
    {"$rename":{"a":"b"},"$set":{"c":3}}       | {"a":1}               | {"b":1,"c":3}
  `);
});

test('$currentDate takes the time of the block', () => {
  checkTable(`
    {"$currentDate":{"a":true}}                  | {}  | {"a":{"$date":1700000000123}}
    {"$currentDate":{"a":{"$type":"date"}}}      | {}  | {"a":{"$date":1700000000123}}
    {"$currentDate":{"a":{"$type":"timestamp"}}} | {}  | {"a":{"$timestamp":{"t":1700000000,"i":1}}}
  `);
});

test('$push with its modifiers', () => {
  checkTable(`
    {"$push":{"a":1}}                                             | {}             | {"a":[1]}
    {"$push":{"a":3}}                                             | {"a":[1,2]}    | {"a":[1,2,3]}
    {"$push":{"a":[3,4]}}                                         | {"a":[1]}      | {"a":[1,[3,4]]}
    {"$push":{"a":{"x":1}}}                                       | {"a":[1]}      | {"a":[1,{"x":1}]}
    {"$push":{"a.b":1}}                                           | {}             | {"a":{"b":[1]}}
    {"$push":{"a":{"$each":[3,4]}}}                               | {"a":[1]}      | {"a":[1,3,4]}
    {"$push":{"a":{"$each":[]}}}                                  | {"a":[1]}      | =
    {"$push":{"a":{"$each":[]}}}                                  | {}             | {"a":[]}
    {"$push":{"a":{"$each":[8,9],"$position":0}}}                 | {"a":[1,2]}    | {"a":[8,9,1,2]}
    {"$push":{"a":{"$each":[8],"$position":1}}}                   | {"a":[1,2]}    | {"a":[1,8,2]}
    {"$push":{"a":{"$each":[8],"$position":-1}}}                  | {"a":[1,2]}    | {"a":[1,8,2]}
    {"$push":{"a":{"$each":[8],"$position":-9}}}                  | {"a":[1,2]}    | {"a":[8,1,2]}
    {"$push":{"a":{"$each":[8],"$position":99}}}                  | {"a":[1,2]}    | {"a":[1,2,8]}
    {"$push":{"a":{"$each":[3],"$slice":2}}}                      | {"a":[1,2]}    | =
    {"$push":{"a":{"$each":[3],"$slice":-2}}}                     | {"a":[1,2]}    | {"a":[2,3]}
    {"$push":{"a":{"$each":[3],"$slice":0}}}                      | {"a":[1,2]}    | {"a":[]}
    {"$push":{"a":{"$each":[3,1],"$sort":1}}}                     | {"a":[2]}      | {"a":[1,2,3]}
    {"$push":{"a":{"$each":[3,"x"],"$sort":-1}}}                  | {"a":[2]}      | {"a":["x",3,2]}
    {"$push":{"a":{"$each":[],"$sort":1}}}                        | {"a":[2,1]}    | {"a":[1,2]}
    {"$push":{"a":{"$each":[{"n":1}],"$sort":{"n":1},"$slice":2}}} | {"a":[{"n":3},{"n":2}]} | {"a":[{"n":1},{"n":2}]}
    {"$push":{"a":{"$each":[5],"$sort":{"n":-1}}}}                | {"a":[{"n":3},{"n":7}]} | {"a":[{"n":7},{"n":3},5]}
  `);
});

test('$addToSet, $pop, $pull, $pullAll', () => {
  checkTable(`
    {"$addToSet":{"a":1}}                          | {}                    | {"a":[1]}
    {"$addToSet":{"a":1}}                          | {"a":[1,2]}           | =
    {"$addToSet":{"a":1.0}}                        | {"a":[1,2]}           | =
    {"$addToSet":{"a":3}}                          | {"a":[1,2]}           | {"a":[1,2,3]}
    {"$addToSet":{"a":{"$each":[2,3,3]}}}          | {"a":[1,2]}           | {"a":[1,2,3]}
    {"$addToSet":{"a":[1]}}                        | {"a":[1]}             | {"a":[1,[1]]}
    {"$addToSet":{"a":{"x":1,"y":2}}}              | {"a":[{"y":2,"x":1}]} | {"a":[{"y":2,"x":1},{"x":1,"y":2}]}
    {"$addToSet":{"a":9}}                          | {"a":[1,1]}           | {"a":[1,1,9]}
    {"$pop":{"a":1}}                               | {"a":[1,2,3]}         | {"a":[1,2]}
    {"$pop":{"a":-1}}                              | {"a":[1,2,3]}         | {"a":[2,3]}
    {"$pop":{"a":1}}                               | {"a":[]}              | =
    {"$pop":{"a":1}}                               | {}                    | =
    {"$pull":{"a":1}}                              | {"a":[1,2,1.0]}       | {"a":[2]}
    {"$pull":{"a":9}}                              | {"a":[1,2]}           | =
    {"$pull":{"a":{"$gt":1}}}                      | {"a":[1,2,3,"x"]}     | {"a":[1,"x"]}
    {"$pull":{"a":{"$in":["x",3]}}}                | {"a":[1,2,3,"x"]}     | {"a":[1,2]}
    {"$pull":{"a":{"x":1}}}                        | {"a":[{"x":1,"y":2},{"x":2}]} | {"a":[{"x":2}]}
    {"$pull":{"a":{"x":{"$gte":2}}}}               | {"a":[{"x":1},{"x":2}]} | {"a":[{"x":1}]}
    {"$pull":{"a":{"$or":[{"x":1},{"y":1}]}}}      | {"a":[{"x":1},{"y":1},{"z":1}]} | {"a":[{"z":1}]}
    {"$pull":{"a":{"$elemMatch":{"$gt":5}}}}       | {"a":[[1],[7]]}       | {"a":[[1]]}
    {"$pull":{"a":{"$regularExpression":{"pattern":"^x","options":""}}}} | {"a":["xy","y"]} | {"a":["y"]}
    {"$pull":{"a":[1,2]}}                          | {"a":[1,2,[1,2]]}     | {"a":[1,2]}
    {"$pull":{"a":null}}                           | {"a":[null,0]}        | {"a":[0]}
    {"$pull":{"a":1}}                              | {}                    | =
    {"$pull":{"a.b":1}}                            | {"a":{"b":[1]}}       | {"a":{"b":[]}}
    {"$pullAll":{"a":[1,3]}}                       | {"a":[1,2,3,1]}       | {"a":[2]}
    {"$pullAll":{"a":[]}}                          | {"a":[1]}             | =
    {"$pullAll":{"a":[1]}}                         | {}                    | =
  `);
});

test('$bit', () => {
  checkTable(`
    {"$bit":{"a":{"and":12}}}                       | {"a":10}         | {"a":8}
    {"$bit":{"a":{"or":5}}}                         | {"a":10}         | {"a":15}
    {"$bit":{"a":{"xor":6}}}                        | {"a":10}         | {"a":12}
    {"$bit":{"a":{"or":5,"and":7}}}                 | {"a":8}          | {"a":5}
    {"$bit":{"a":{"or":5}}}                         | {}               | {"a":5}
    {"$bit":{"a":{"and":5}}}                        | {}               | {"a":0}
    {"$bit":{"a":{"or":{"$numberLong":"1"}}}}       | {"a":2}          | {"a":{"$numberLong":"3"}}
    {"$bit":{"a":{"or":1}}}                         | {"a":8589934592} | {"a":8589934593}
    {"$bit":{"a":{"and":-1}}}                       | {"a":-3}         | =
  `);
});

test('the positional $ stands for the element the filter found', () => {
  const table = `
    {"$set":{"a.$":9}}       | {"a":[1,5,7]}                     | {"a":5}                            | {"a":[1,9,7]}
    {"$set":{"a.$":9}}       | {"a":[1,5,7]}                     | {"a":{"$gt":4}}                    | {"a":[1,9,7]}
    {"$inc":{"a.$.n":1}}     | {"a":[{"k":1,"n":1},{"k":2,"n":1}]} | {"a.k":2}                        | {"a":[{"k":1,"n":1},{"k":2,"n":2}]}
    {"$set":{"a.$.n":0}}     | {"a":[{"k":1,"m":2},{"k":1,"m":3}]} | {"a":{"$elemMatch":{"k":1,"m":3}}} | {"a":[{"k":1,"m":2},{"k":1,"m":3,"n":0}]}
    {"$set":{"a.$":9}}       | {"a":[1,5],"b":[7,8]}             | {"a":5,"b":7}                      | {"a":[1,9],"b":[7,8]}
    {"$set":{"b.$":9}}       | {"a":[1,5],"b":[7,8]}             | {"a":1,"$or":[{"b":0},{"b":8}]}    | {"a":[1,5],"b":[7,9]}
    {"$unset":{"a.$":1}}     | {"a":[1,5]}                       | {"a":5}                            | {"a":[1,null]}
    {"$push":{"a.$.l":1}}    | {"a":[{"k":1}]}                   | {"a.k":1}                          | {"a":[{"k":1,"l":[1]}]}
    {"$set":{"a.b.$":0}}     | {"a":{"b":[1,2]}}                 | {"a.b":{"$in":[2]}}                | {"a":{"b":[1,0]}}
    {"$set":{"a.$.b.1":0}}   | {"a":[{"b":[1,2]},{"b":[3,4]}]}   | {"a.b":4}                          | {"a":[{"b":[1,2]},{"b":[3,0]}]}
    {"$set":{"b.$":0}}       | {"a":[1,2],"b":[1,2]}             | {"a":2}                            | {"a":[1,2],"b":[1,0]}
    {"$set":{"a.$":0}}       | {"a":["x","y"]}                   | {"a":{"$all":["x","y"]}}           | {"a":["x",0]}
  `;
  for (const [update, document, filter, expected] of tableRows(table)) {
    assert.equal(apply(update!, document!, { filter: filter! }), expected, `${update} on ${document} by ${filter}`);
  }
});

test('$[] and $[x]', () => {
  const table = `
    {"$inc":{"a.$[]":1}}              | {"a":[1,2]}                            | []                       | {"a":[2,3]}
    {"$inc":{"a.$[].n":1}}            | {"a":[{"n":1},{}]}                     | []                       | {"a":[{"n":2},{"n":1}]}
    {"$set":{"a.$[]":1}}              | {"a":[]}                               | []                       | {"a":[]}
    {"$set":{"a.$[]":1}}              | {"a":[1,1]}                            | []                       | {"a":[1,1]}
    {"$set":{"a.$[x]":0}}             | {"a":[1,7,9]}                          | [{"x":{"$gt":5}}]        | {"a":[1,0,0]}
    {"$set":{"a.$[x].n":0}}           | {"a":[{"k":1,"n":5},{"k":2,"n":5}]}    | [{"x.k":2}]              | {"a":[{"k":1,"n":5},{"k":2,"n":0}]}
    {"$set":{"a.$[x].n":0}}           | {"a":[{"k":1},{"k":2}]}                | [{"$or":[{"x.k":2},{"x.k":3}]}] | {"a":[{"k":1},{"k":2,"n":0}]}
    {"$set":{"a.$[].b.$[y]":0}}       | {"a":[{"b":[1,9]},{"b":[8]}]}          | [{"y":{"$gt":5}}]        | {"a":[{"b":[1,0]},{"b":[0]}]}
    {"$set":{"a.$[x].b.$[y].c":0}}    | {"a":[{"k":1,"b":[{"c":1},{"c":2}]}]}  | [{"x.k":1},{"y.c":2}]    | {"a":[{"k":1,"b":[{"c":1},{"c":0}]}]}
    {"$set":{"a.$[x]":0,"a.$[y]":1}}  | {"a":[1,9]}                            | [{"x":1},{"y":9}]        | {"a":[0,1]}
    {"$unset":{"a.$[x]":1}}           | {"a":[1,9]}                            | [{"x":9}]                | {"a":[1,null]}
    {"$pull":{"a.$[].b":1}}           | {"a":[{"b":[1,2]},{}]}                 | []                       | {"a":[{"b":[2]},{}]}
  `;
  for (const [update, document, arrayFilters, expected] of tableRows(table)) {
    assert.equal(apply(update!, document!, { arrayFilters: arrayFilters! }), expected, `${update} on ${document}`);
  }
});

test('an upsert: $setOnInsert counts, and _id comes first', () => {
  const update = '{"$set":{"a":1},"$setOnInsert":{"b":2}}';
  assert.equal(apply(update, '{"c":0}'), '{"c":0,"a":1}');
  assert.equal(apply(update, '{"c":0}', { insert: true }), '{"c":0,"a":1,"b":2}');
  assert.equal(apply('{"$setOnInsert":{"_id":7}}', '{"c":0}', { insert: true }), '{"_id":7,"c":0}');
  assert.equal(apply('{"$set":{"_id":7}}', '{"_id":7}', { insert: true }), '{"_id":7}');
});

test('_id does not change', () => {
  const document = '{"_id":1,"a":2}';
  assert.equal(apply('{"$set":{"_id":1,"a":3}}', document), '{"_id":1,"a":3}');
  for (const update of [
    '{"$set":{"_id":2}}',
    '{"$set":{"_id":1.0}}',
    '{"$unset":{"_id":1}}',
    '{"$inc":{"_id":1}}',
    '{"$rename":{"_id":"b"}}',
    '{"$rename":{"a":"_id"}}',
    '{"$set":{"_id":2},"$setOnInsert":{"a":1}}',
  ]) {
    assert.throws(() => apply(update, document), { code: 'immutable_id' }, update);
    assert.throws(() => apply(update, document, { insert: true }), { code: 'immutable_id' }, update);
  }
  assert.throws(() => apply('{"$set":{"_id.x":2}}', '{"_id":{"x":1}}'), { code: 'immutable_id' });
});

test('a path of many numbers, and arrays of many elements', () => {
  const deep = '{"a":[[[[[[[[[[[[1]]]]]]]]]]]]}';
  assert.equal(apply(`{"$inc":{"a${'.0'.repeat(12)}":1}}`, deep), deep.replace('1', '2'));
  const many = `{"a":[${new Array(200_000).fill('{}').join()}]}`;
  assert.equal(apply(`{"$pullAll":${many}}`, many), '{"a":[]}');
  assert.equal(apply('{"$pull":{"a":{}}}', many), '{"a":[]}');
  const parts = new Array(20_000).fill('{"x":{"$gt":1}}').join();
  assert.equal(apply(`{"$pull":{"a":{"$and":[${parts}]}}}`, '{"a":[{"x":2},{"x":1}]}'), '{"a":[{"x":1}]}');
});

test('updates that do not fit the document', () => {
  const table = `
    {"$inc":{"a":1}}        | {"a":"x"}                                 | $inc needs a number at "a"; the document has a value of type string
    {"$inc":{"a":1}}        | {"a":null}                                | needs a number
    {"$mul":{"a":1}}        | {"a":[]}                                  | needs a number
    {"$inc":{"a":1}}        | {"a":9223372036854775807}                 | outside of int64
    {"$mul":{"a":2}}        | {"a":9223372036854775807}                 | outside of int64
    {"$bit":{"a":{"or":1}}} | {"a":1.5}                                 | needs a whole number
    {"$push":{"a":1}}       | {"a":5}                                   | $push needs an array at "a"; the document has a value of type int
    {"$addToSet":{"a":1}}   | {"a":{}}                                  | needs an array
    {"$pop":{"a":1}}        | {"a":1}                                   | needs an array
    {"$pull":{"a":1}}       | {"a":null}                                | needs an array
    {"$pullAll":{"a":[1]}}  | {"a":"x"}                                 | needs an array
    {"$set":{"a.b":1}}      | {"a":5}                                   | cannot make a field "b" in "a", which is of type int
    {"$set":{"a.b":1}}      | {"a":null}                                | which is of type null
    {"$set":{"a.b.c":1}}    | {"a":[1]}                                 | which is an array
    {"$set":{"a.01":1}}     | {"a":[1]}                                 | which is an array
    {"$set":{"a.99999":1}}  | {"a":[1]}                                 | nulls
    {"$set":{"a.$[]":1}}    | {}                                        | needs the array "a"
    {"$set":{"a.$[]":1}}    | {"a":5}                                   | needs an array at "a"
    {"$set":{"a.$[]":1}}    | {"a":{"b":1}}                             | needs an array at "a"
    {"$set":{"a.$[].b":1}}  | {"a":[5]}                                 | cannot make a field "b" in "a.0"
    {"$set":{"a.$":1}}      | {"a":[5]}                                 | stands for no element
    {"$set":{"a.$[]":1,"a.0":2}} | {"a":[5]}                            | "a.0" and "a.0", which conflict
    {"$rename":{"a.b":"c"}} | {"a":[{"b":1}]}                           | through an array
    {"$rename":{"c":"a.0"}} | {"a":[1],"c":2}                           | through an array
    {"$rename":{"c":"a.b"}} | {"a":5,"c":2}                             | cannot make a field "b" in "a"
  `;
  for (const [update, document, part] of tableRows(table)) {
    const fits = (error: AerolithError): boolean => error.code === 'invalid_update' && error.message.includes(part!);
    assert.throws(() => apply(update!, document!), fits, `${update} on ${document} should say: ${part}`);
  }
});

test('updates that are malformed', () => {
  assertErrors(
    `
    {}                                          | invalid_update     | use replace
    {"a":1}                                     | invalid_update     | "a" is none
    {"$set":{"a":1},"b":2}                      | invalid_update     | "b" is none
    {"$set":5}                                  | invalid_update     | $set takes an object
    {"$st":{"a":1}}                             | unknown_operator   | did you mean $set?
    {"$whatever":{"a":1}}                       | unknown_operator   | known are $set
    {"$set":{"":1}}                             | invalid_update     | empty component
    {"$set":{"a..b":1}}                         | invalid_update     | empty component
    {"$set":{"a.$b":1}}                         | invalid_field_name | "$b"
    {"$set":{"$a":1}}                           | invalid_field_name | "$a"
    {"$set":{"a.__proto__":1}}                  | invalid_field_name | "__proto__"
    {"$set":{"$[].a":1}}                        | invalid_update     | begins with a positional
    {"$set":{"a.$.b.$":1}}                      | invalid_update     | more than one $
    {"$set":{"a.$[x]":1}}                       | invalid_update     | no array filter is for "x"
    {"$set":{"a":1,"a.b":2}}                    | invalid_update     | "a" and "a.b", which conflict
    {"$set":{"a.b.c":1},"$inc":{"a.b":2}}       | invalid_update     | "a.b.c" and "a.b", which conflict
    {"$set":{"a":1},"$unset":{"a":1}}           | invalid_update     | "a" and "a", which conflict
    {"$rename":{"a":"a"}}                       | invalid_update     | conflict
    {"$rename":{"a":"a.b"}}                     | invalid_update     | conflict
    {"$rename":{"a":"b"},"$set":{"a":1}}        | invalid_update     | conflict
    {"$rename":{"a":5}}                         | invalid_update     | as a string
    {"$rename":{"a.$[]":"b"}}                   | invalid_update     | no positional operators
    {"$inc":{"a":"1"}}                          | invalid_update     | takes a number, not string
    {"$mul":{"a":null}}                         | invalid_update     | takes a number, not null
    {"$currentDate":{"a":1}}                    | invalid_update     | takes true
    {"$currentDate":{"a":{"$type":"time"}}}     | invalid_update     | "timestamp"
    {"$push":{"a":{"$each":1}}}                 | invalid_update     | an array in $each
    {"$push":{"a":{"$slice":1}}}                | invalid_update     | no $each
    {"$push":{"a":{"$each":[],"$slcie":1}}}     | unknown_operator   | did you mean $slice?
    {"$push":{"a":{"$each":[],"$slice":1.5}}}   | invalid_update     | whole number in $slice
    {"$push":{"a":{"$each":[],"$position":"0"}}} | invalid_update    | whole number in $position
    {"$push":{"a":{"$each":[],"$sort":2}}}      | invalid_update     | in $sort
    {"$push":{"a":{"$each":[],"$sort":{"n":3}}}} | invalid_sort      | 1 (ascending)
    {"$addToSet":{"a":{"$each":1}}}             | invalid_update     | an array in $each
    {"$addToSet":{"a":{"$each":[],"$slice":1}}} | invalid_update     | no other modifier
    {"$pop":{"a":2}}                            | invalid_update     | 1 (the last element)
    {"$pullAll":{"a":1}}                        | invalid_update     | takes an array
    {"$pull":{"a":{"$foo":1}}}                  | unknown_operator   | $foo
    {"$bit":{"a":5}}                            | invalid_update     | such as
    {"$bit":{"a":{"nand":5}}}                   | invalid_update     | not "nand"
    {"$bit":{"a":{"and":1.5}}}                  | invalid_update     | not double
  `,
    (text) => parseUpdate(parseDocument(text)),
  );
  assert.throws(() => parseUpdate([]), { code: 'invalid_update' });
});

test('array filters that are malformed', () => {
  assertErrors(
    `
    [{}]                           | invalid_update   | is empty
    [{"x":1},{"x":2}]              | invalid_update   | Two array filters are for "x"
    [{"x":1,"y":2}]                | invalid_update   | this one has "x" and "y"
    [{"X":1}]                      | invalid_update   | "X" is no name
    [{"x":1},{"unused":1}]         | invalid_update   | "unused" is used by no path
    [{"x":{"$gtt":1}}]             | unknown_operator | $gtt
  `,
    (text) => parseUpdate(parseDocument('{"$set":{"a.$[x]":1}}'), parseValue(text) as Document[]),
  );
});
