import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseDocument } from '@aerolithdb/protocol';
import { matches } from './matches.ts';
import { parseFilter } from './parse-filter.ts';
import { tableRows } from './text-table.ts';

function checkTable(table: string): void {
  for (const [filter, document, expected] of tableRows(table)) {
    assert.match(expected ?? '', /^(yes|no)$/, `row without an answer: ${filter}`);
    const actual = matches(parseFilter(parseDocument(filter!)), parseDocument(document!));
    assert.equal(actual, expected === 'yes', `${filter} on ${document} should be ${expected}`);
  }
}

test('equality: whole values, elements of arrays, objects with their order of fields', () => {
  checkTable(`
    {}                              | {"a":1}                          | yes
    {"a":1}                         | {"a":1}                          | yes
    {"a":1}                         | {"a":1.0}                        | yes
    {"a":1}                         | {"a":{"$numberLong":"1"}}        | yes
    {"a":1}                         | {"a":{"$numberDecimal":"1.00"}}  | yes
    {"a":{"$numberDecimal":"0.5"}}  | {"a":0.5}                        | yes
    {"a":1}                         | {"a":true}                       | no
    {"a":1}                         | {"a":"1"}                        | no
    {"a":1}                         | {}                               | no
    {"a":1}                         | {"a":[3,1]}                      | yes
    {"a":[3,1]}                     | {"a":[3,1]}                      | yes
    {"a":[1,3]}                     | {"a":[3,1]}                      | no
    {"a":[3,1]}                     | {"a":[[3,1]]}                    | yes
    {"a":1}                         | {"a":[[1]]}                      | no
    {"a":[]}                        | {"a":[]}                         | yes
    {"a":[]}                        | {"a":[[]]}                       | yes
    {"a":[]}                        | {"a":[1]}                        | no
    {"a":{"x":1,"y":2}}             | {"a":{"x":1,"y":2}}              | yes
    {"a":{"x":1,"y":2}}             | {"a":{"y":2,"x":1}}              | no
    {"a":{"x":1}}                   | {"a":{"x":1,"y":2}}              | no
    {"a":{"x":1}}                   | {"a":[{"x":1}]}                  | yes
    {"a":{}}                        | {"a":{}}                         | yes
    {"a":{}}                        | {"a":{"b":1}}                    | no
    {"a":{"$eq":{"$gt":1}}}         | {"a":{"$gt":1}}                  | yes
    {"a":{"$eq":"x"}}               | {"a":["y","x"]}                  | yes
    {"a":{"$ref":"c","$id":1}}      | {"a":{"$ref":"c","$id":1}}       | yes
    {"a":{"$numberDouble":"NaN"}}   | {"a":{"$numberDouble":"NaN"}}    | yes
    {"a":{"$numberDouble":"NaN"}}   | {"a":{"$numberDecimal":"NaN"}}   | yes
    {"a":{"$numberDouble":"-0.0"}}  | {"a":0}                          | yes
    {"a":9007199254740993}          | {"a":9007199254740992.0}         | no
    {"":1}                          | {"":1}                           | yes
  `);
});

test('null stands for null and for missing', () => {
  checkTable(`
    {"a":null}                 | {"a":null}         | yes
    {"a":null}                 | {}                 | yes
    {"a":null}                 | {"a":[1,null]}     | yes
    {"a":null}                 | {"a":[]}           | no
    {"a":null}                 | {"a":0}            | no
    {"a.b":null}               | {"a":{}}           | yes
    {"a.b":null}               | {"a":5}            | yes
    {"a.b":null}               | {}                 | yes
    {"a.b":null}               | {"a":[]}           | no
    {"a.b":null}               | {"a":[1,2]}        | no
    {"a.b":null}               | {"a":[{"b":1},{}]} | yes
    {"a.b":null}               | {"a":[1,{"b":2}]}  | no
    {"a":{"$in":[null]}}       | {}                 | yes
    {"a":{"$gte":null}}        | {}                 | yes
    {"a":{"$lte":null}}        | {"a":null}         | yes
    {"a":{"$gt":null}}         | {"a":null}         | no
    {"a":{"$lt":null}}         | {}                 | no
    {"a":{"$ne":null}}         | {"a":1}            | yes
    {"a":{"$ne":null}}         | {}                 | no
    {"a":{"$nin":[null,1]}}    | {}                 | no
    {"a":{"$type":"null"}}     | {}                 | no
    {"a":{"$type":"null"}}     | {"a":null}         | yes
  `);
});

test('order comparisons stay within one class of types', () => {
  checkTable(`
    {"a":{"$gt":5}}                                   | {"a":6}                          | yes
    {"a":{"$gt":5}}                                   | {"a":5}                          | no
    {"a":{"$gte":5}}                                  | {"a":5.0}                        | yes
    {"a":{"$lt":5}}                                   | {"a":4.5}                        | yes
    {"a":{"$lte":5}}                                  | {"a":{"$numberDecimal":"5.0"}}   | yes
    {"a":{"$gt":5}}                                   | {"a":"6"}                        | no
    {"a":{"$lt":5}}                                   | {"a":null}                       | no
    {"a":{"$lt":5}}                                   | {}                               | no
    {"a":{"$gt":"m"}}                                 | {"a":"n"}                        | yes
    {"a":{"$gt":"m"}}                                 | {"a":"é"}                        | yes
    {"a":{"$gt":"\\uffff"}}                           | {"a":"😀"}                       | yes
    {"a":{"$gt":false}}                               | {"a":true}                       | yes
    {"a":{"$gt":false}}                               | {"a":1}                          | no
    {"a":{"$gt":{"$date":1000}}}                      | {"a":{"$date":1001}}             | yes
    {"a":{"$gt":{"$date":1000}}}                      | {"a":{"$timestamp":{"t":9,"i":1}}} | no
    {"a":{"$gt":{"$oid":"000000000000000000000001"}}} | {"a":{"$oid":"000000000000000000000002"}} | yes
    {"a":{"$gt":5}}                                   | {"a":[1,9]}                      | yes
    {"a":{"$gt":5,"$lt":3}}                           | {"a":[1,9]}                      | yes
    {"a":{"$gt":[1]}}                                 | {"a":[1,0]}                      | yes
    {"a":{"$gt":[1]}}                                 | {"a":[0,9]}                      | no
    {"a":{"$gt":[1]}}                                 | {"a":[[2]]}                      | yes
    {"a":{"$gt":{"x":1}}}                             | {"a":{"x":2}}                    | yes
    {"a":{"$gt":{"x":1}}}                             | {"a":[{"x":0},{"x":1,"y":0}]}    | yes
    {"a":{"$gte":{"$numberDouble":"NaN"}}}            | {"a":{"$numberDouble":"NaN"}}    | yes
    {"a":{"$gt":{"$numberDouble":"NaN"}}}             | {"a":1}                          | no
    {"a":{"$lt":5}}                                   | {"a":{"$numberDouble":"NaN"}}    | no
    {"a":{"$gte":5}}                                  | {"a":{"$numberDouble":"NaN"}}    | no
    {"a":{"$gte":{"$numberDouble":"NaN"}}}            | {"a":5}                          | no
    {"a":{"$lte":{"$numberDouble":"NaN"}}}            | {"a":5}                          | no
    {"a":{"$lte":{"$numberDouble":"NaN"}}}            | {"a":{"$numberDecimal":"NaN"}}   | yes
    {"a":{"$gt":9007199254740992}}                    | {"a":9007199254740993}           | yes
    {"a":{"$gt":{"$minKey":1}}}                       | {"a":[]}                         | yes
    {"a":{"$gt":{"$minKey":1}}}                       | {"a":"x"}                        | yes
    {"a":{"$gte":{"$minKey":1}}}                      | {}                               | yes
    {"a":{"$lt":{"$maxKey":1}}}                       | {"a":{"x":1}}                    | yes
    {"a":{"$gt":{"$maxKey":1}}}                       | {"a":1}                          | no
    {"a":{"$eq":{"$maxKey":1}}}                       | {"a":1}                          | no
  `);
});

test('paths through arrays, and numbers in paths as indexes and as names', () => {
  checkTable(`
    {"a.b":1}                 | {"a":{"b":1}}                   | yes
    {"a.b":1}                 | {"a":[{"b":2},{"b":1}]}         | yes
    {"a.b":1}                 | {"a":[{"b":[3,1]}]}             | yes
    {"a.b":[3,1]}             | {"a":[{"b":[3,1]}]}             | yes
    {"a.b":1}                 | {"a":[[{"b":1}]]}               | no
    {"a.b.c":1}               | {"a":[{"b":[{"c":1}]}]}         | yes
    {"a.0":1}                 | {"a":[1,2]}                     | yes
    {"a.1":1}                 | {"a":[1,2]}                     | no
    {"a.0":1}                 | {"a":{"0":1}}                   | yes
    {"a.0":1}                 | {"a":[{"0":1}]}                 | yes
    {"a.0":[1]}               | {"a":[[1]]}                     | yes
    {"a.0":1}                 | {"a":[[1]]}                     | no
    {"a.0.b":1}               | {"a":[{"b":1}]}                 | yes
    {"a.1.b":1}               | {"a":[{"b":1}]}                 | no
    {"a.0.b":1}               | {"a":[[{"b":1}]]}               | yes
    {"a.0.0":1}               | {"a":[[1]]}                     | yes
    {"a.b.1":"y"}             | {"a":[{"b":["x","y"]}]}         | yes
    {"a.00":1}                | {"a":[1]}                       | no
    {"a.-1":1}                | {"a":[1]}                       | no
    {"a.0":{"$exists":true}}  | {"a":[5]}                       | yes
    {"a.1":{"$exists":false}} | {"a":[5]}                       | yes
    {"a.1":null}              | {"a":[5]}                       | no
    {"a.0":null}              | {"a":[{"x":1}]}                 | yes
    {"__x.constructor":1}     | {"__x":{}}                      | no
  `);
});

test('$in and $nin, with values, null, arrays and regular expressions', () => {
  checkTable(`
    {"a":{"$in":[1,"x"]}}                                  | {"a":"x"}                        | yes
    {"a":{"$in":[1,"x"]}}                                  | {"a":1.0}                        | yes
    {"a":{"$in":[1,"x"]}}                                  | {"a":{"$numberLong":"1"}}        | yes
    {"a":{"$in":[1,"x"]}}                                  | {"a":{"$numberDecimal":"1.0"}}   | yes
    {"a":{"$in":[1.0]}}                                    | {"a":1}                          | yes
    {"a":{"$in":[{"$numberDecimal":"1.0"}]}}               | {"a":1}                          | yes
    {"a":{"$in":[9007199254740993]}}                       | {"a":9007199254740993}           | yes
    {"a":{"$in":[9007199254740993]}}                       | {"a":9007199254740992}           | no
    {"a":{"$in":[1]}}                                      | {"a":true}                       | no
    {"a":{"$in":[1]}}                                      | {"a":[0,1]}                      | yes
    {"a":{"$in":[[0,1]]}}                                  | {"a":[0,1]}                      | yes
    {"a":{"$in":[{"x":1}]}}                                | {"a":{"x":1}}                    | yes
    {"a":{"$in":[{"$oid":"000000000000000000000001"}]}}    | {"a":{"$oid":"000000000000000000000001"}} | yes
    {"a":{"$in":[{"$date":5}]}}                            | {"a":{"$date":5}}                | yes
    {"a":{"$in":[5]}}                                      | {"a":{"$date":5}}                | no
    {"a":{"$in":[{"$numberDouble":"NaN"}]}}                | {"a":{"$numberDouble":"NaN"}}    | yes
    {"a":{"$in":[]}}                                       | {"a":1}                          | no
    {"a":{"$nin":[]}}                                      | {"a":1}                          | yes
    {"a":{"$nin":[1]}}                                     | {"a":[1,2]}                      | no
    {"a":{"$nin":[1]}}                                     | {}                               | yes
    {"a":{"$in":[1,{"$regularExpression":{"pattern":"^x","options":""}}]}}  | {"a":"xy"}      | yes
    {"a":{"$in":[1,{"$regularExpression":{"pattern":"^x","options":""}}]}}  | {"a":1}         | yes
    {"a":{"$in":[1,{"$regularExpression":{"pattern":"^x","options":""}}]}}  | {"a":"ax"}      | no
    {"a":{"$nin":[1,{"$regularExpression":{"pattern":"^x","options":""}}]}} | {"a":["xy"]}    | no
    {"a":{"$nin":[1,{"$regularExpression":{"pattern":"^x","options":""}}]}} | {"a":["y",2]}   | yes
  `);
});

test('negations: no element may match', () => {
  checkTable(`
    {"a":{"$ne":1}}                        | {"a":[2,3]}      | yes
    {"a":{"$ne":1}}                        | {"a":[1,2]}      | no
    {"a":{"$ne":1}}                        | {}               | yes
    {"a.b":{"$ne":1}}                      | {"a":[{"b":2},{"b":1}]} | no
    {"a":{"$ne":[1,2]}}                    | {"a":[1,2]}      | no
    {"a":{"$not":{"$gt":5}}}               | {"a":3}          | yes
    {"a":{"$not":{"$gt":5}}}               | {"a":"x"}        | yes
    {"a":{"$not":{"$gt":5}}}               | {"a":[1,6]}      | no
    {"a":{"$not":{"$gt":5}}}               | {}               | yes
    {"a":{"$not":{"$gt":1,"$lt":5}}}       | {"a":3}          | no
    {"a":{"$not":{"$gt":1,"$lt":5}}}       | {"a":7}          | yes
    {"a":{"$not":{"$gt":5,"$lt":3}}}       | {"a":[1,9]}      | no
    {"a":{"$not":{"$regex":"^x"}}}         | {"a":"xy"}       | no
    {"a":{"$not":{"$regularExpression":{"pattern":"^x","options":""}}}} | {"a":"y"} | yes
    {"a":{"$not":{"$not":{"$gt":5}}}}      | {"a":6}          | yes
    {"a":{"$not":{"$in":[1,{"$regularExpression":{"pattern":"x","options":""}}]}}} | {"a":"x"} | no
    {"a":{"$not":{"$in":[1,{"$regularExpression":{"pattern":"x","options":""}}]}}} | {"a":"y"} | yes
    {"a":{"$not":{"$exists":true}}}        | {}               | yes
    {"a":{"$gt":1,"$not":{"$mod":[2,0]}}}  | {"a":3}          | yes
    {"a":{"$gt":1,"$not":{"$mod":[2,0]}}}  | {"a":4}          | no
  `);
});

test('$and, $or, $nor and $comment', () => {
  checkTable(`
    {"$and":[{"a":1},{"b":2}]}             | {"a":1,"b":2}    | yes
    {"$and":[{"a":1},{"b":2}]}             | {"a":1}          | no
    {"$and":[{}]}                          | {"a":1}          | yes
    {"$or":[{"a":1},{"b":2}]}              | {"b":2}          | yes
    {"$or":[{"a":1},{"b":2}]}              | {"b":3}          | no
    {"$nor":[{"a":1},{"b":2}]}             | {"b":3}          | yes
    {"$nor":[{"a":1},{"b":2}]}             | {"a":1,"b":3}    | no
    {"$nor":[{"$and":[{"a":1},{"b":2}]}]}  | {"a":1,"b":3}    | yes
    {"$nor":[{}]}                          | {"a":1}          | no
    {"a":1,"$or":[{"b":1},{"b":2}]}        | {"a":1,"b":2}    | yes
    {"a":1,"$or":[{"b":1},{"b":2}]}        | {"a":2,"b":2}    | no
    {"a":1,"$comment":{"$any":"thing"}}    | {"a":1}          | yes
    {"$comment":"all"}                     | {}               | yes
  `);
});

test('$exists and $type', () => {
  checkTable(`
    {"a":{"$exists":true}}                 | {"a":null}                   | yes
    {"a":{"$exists":true}}                 | {"a":[]}                     | yes
    {"a":{"$exists":true}}                 | {}                           | no
    {"a":{"$exists":false}}                | {}                           | yes
    {"a":{"$exists":1}}                    | {"a":0}                      | yes
    {"a":{"$exists":0}}                    | {"a":0}                      | no
    {"a.b":{"$exists":true}}               | {"a":[1,{"b":2}]}            | yes
    {"a.b":{"$exists":false}}              | {"a":[1,{"c":2}]}            | yes
    {"a.b":{"$exists":false}}              | {"a":[{"b":1},{"c":2}]}      | no
    {"a":{"$type":"int"}}                  | {"a":1}                      | yes
    {"a":{"$type":"int"}}                  | {"a":1.0}                    | no
    {"a":{"$type":"double"}}               | {"a":1.0}                    | yes
    {"a":{"$type":"long"}}                 | {"a":5000000000}             | yes
    {"a":{"$type":18}}                     | {"a":{"$numberLong":"1"}}    | yes
    {"a":{"$type":"number"}}               | {"a":{"$numberDecimal":"1"}} | yes
    {"a":{"$type":"number"}}               | {"a":"1"}                    | no
    {"a":{"$type":2}}                      | {"a":"x"}                    | yes
    {"a":{"$type":2.0}}                    | {"a":"x"}                    | yes
    {"a":{"$type":["bool",16]}}            | {"a":true}                   | yes
    {"a":{"$type":["bool",16]}}            | {"a":7}                      | yes
    {"a":{"$type":["bool",16]}}            | {"a":7.5}                    | no
    {"a":{"$type":"array"}}                | {"a":[]}                     | yes
    {"a":{"$type":"array"}}                | {"a":[1]}                    | yes
    {"a":{"$type":"string"}}               | {"a":[1,"x"]}                | yes
    {"a":{"$type":"object"}}               | {"a":{}}                     | yes
    {"a":{"$type":"object"}}               | {"a":[]}                     | no
    {"a":{"$type":"date"}}                 | {"a":{"$date":0}}            | yes
    {"a":{"$type":"symbol"}}               | {"a":"x"}                    | no
    {"a":{"$type":-1}}                     | {"a":1}                      | no
  `);
});

test('$all, $elemMatch, $size', () => {
  checkTable(`
    {"a":{"$all":[1,2]}}                                    | {"a":[2,3,1]}              | yes
    {"a":{"$all":[1,2]}}                                    | {"a":[1,3]}                | no
    {"a":{"$all":[1]}}                                      | {"a":1}                    | yes
    {"a":{"$all":[]}}                                       | {"a":[]}                   | no
    {"a":{"$all":[[1,2]]}}                                  | {"a":[1,2]}                | yes
    {"a":{"$all":[[1,2]]}}                                  | {"a":[[1,2],3]}            | yes
    {"a":{"$all":[null]}}                                   | {}                         | yes
    {"a.b":{"$all":[1,2]}}                                  | {"a":[{"b":1},{"b":2}]}    | yes
    {"a":{"$all":[{"$regularExpression":{"pattern":"^x","options":""}},"y"]}} | {"a":["y","xx"]} | yes
    {"a":{"$all":[{"$elemMatch":{"x":1}},{"$elemMatch":{"y":2}}]}} | {"a":[{"x":1},{"y":2}]} | yes
    {"a":{"$all":[{"$elemMatch":{"x":1}},{"$elemMatch":{"y":2}}]}} | {"a":[{"x":1},{"y":3}]} | no
    {"a":{"$not":{"$all":[1,2]}}}                           | {"a":[1]}                  | yes
    {"a":{"$elemMatch":{"$gt":1,"$lt":5}}}                  | {"a":[0,3]}                | yes
    {"a":{"$elemMatch":{"$gt":1,"$lt":5}}}                  | {"a":[0,9]}                | no
    {"a":{"$elemMatch":{"$gt":1,"$lt":5}}}                  | {"a":3}                    | no
    {"a":{"$elemMatch":{"$ne":1}}}                          | {"a":[1,2]}                | yes
    {"a":{"$elemMatch":{"$not":{"$gt":1,"$lt":5}}}}         | {"a":[3,9]}                | yes
    {"a":{"$elemMatch":{"$not":{"$gt":1,"$lt":5}}}}         | {"a":[3,4]}                | no
    {"a":{"$elemMatch":{"$in":[1,{"$regularExpression":{"pattern":"x","options":""}}],"$type":"string"}}} | {"a":[1,"y"]} | no
    {"a":{"$elemMatch":{"$in":[1,{"$regularExpression":{"pattern":"x","options":""}}],"$type":"string"}}} | {"a":[1,"x"]} | yes
    {"a":{"$elemMatch":{"x":1,"y":2}}}                      | {"a":[{"x":1,"y":2}]}      | yes
    {"a":{"$elemMatch":{"x":1,"y":2}}}                      | {"a":[{"x":1},{"y":2}]}    | no
    {"a":{"$elemMatch":{"x":1}}}                            | {"a":{"x":1}}              | no
    {"a":{"$elemMatch":{}}}                                 | {"a":[1,{}]}               | yes
    {"a":{"$elemMatch":{}}}                                 | {"a":[1]}                  | no
    {"a":{"$elemMatch":{"$or":[{"x":1},{"y":1}]}}}          | {"a":[{"y":1}]}            | yes
    {"a":{"$elemMatch":{"0":7}}}                            | {"a":[[7]]}                | yes
    {"a":{"$elemMatch":{"$elemMatch":{"$gt":6}}}}           | {"a":[[7]]}                | yes
    {"a":{"$elemMatch":{"$size":2}}}                        | {"a":[[1],[1,2]]}          | yes
    {"a":{"$elemMatch":{"$gt":1}}}                          | {"a":[[2]]}                | no
    {"a.b":{"$elemMatch":{"$gt":1}}}                        | {"a":[{"b":[1]},{"b":[2]}]} | yes
    {"a":{"$elemMatch":{"b":{"$elemMatch":{"c":1}}}}}       | {"a":[{"b":[{"c":1}]}]}    | yes
    {"a":{"$size":2}}                                       | {"a":[1,2]}                | yes
    {"a":{"$size":2.0}}                                     | {"a":[[1,2],3]}            | yes
    {"a":{"$size":2}}                                       | {"a":[[1,2]]}              | no
    {"a":{"$size":0}}                                       | {"a":[]}                   | yes
    {"a":{"$size":0}}                                       | {}                         | no
    {"a.b":{"$size":1}}                                     | {"a":[{"b":[1]}]}          | yes
    {"a.0":{"$size":1}}                                     | {"a":[[1]]}                | yes
  `);
});

test('$mod cuts fractions off and keeps the sign of the dividend', () => {
  checkTable(`
    {"a":{"$mod":[4,0]}}     | {"a":8}                            | yes
    {"a":{"$mod":[4,0]}}     | {"a":8.9}                          | yes
    {"a":{"$mod":[4,1]}}     | {"a":[2,5]}                        | yes
    {"a":{"$mod":[4,-1]}}    | {"a":-5}                           | yes
    {"a":{"$mod":[4,3]}}     | {"a":-5}                           | no
    {"a":{"$mod":[-4,0]}}    | {"a":-8}                           | yes
    {"a":{"$mod":[4.7,0.2]}} | {"a":8}                            | yes
    {"a":{"$mod":[4,0]}}     | {"a":8.0}                          | yes
    {"a":{"$mod":[4,0]}}     | {"a":-0.5}                         | yes
    {"a":{"$mod":[10,3]}}    | {"a":9007199254740993}             | yes
    {"a":{"$mod":[4,0]}}     | {"a":{"$numberDecimal":"8.9"}}     | yes
    {"a":{"$mod":[4,0]}}     | {"a":{"$numberDecimal":"1E+30"}}   | no
    {"a":{"$mod":[4,0]}}     | {"a":{"$numberDecimal":"1E-6000"}} | yes
    {"a":{"$mod":[4,0]}}     | {"a":{"$numberDecimal":"NaN"}}     | no
    {"a":{"$mod":[4,0]}}     | {"a":1e300}                        | no
    {"a":{"$mod":[4,0]}}     | {"a":{"$numberDouble":"Infinity"}} | no
    {"a":{"$mod":[4,0]}}     | {"a":"8"}                          | no
    {"a":{"$mod":[4,0]}}     | {}                                 | no
  `);
});

test('$regex looks at strings, elements of arrays and the same stored expression', () => {
  checkTable(`
    {"a":{"$regex":"er"}}                                       | {"a":"Berlin"}         | yes
    {"a":{"$regex":"^er"}}                                      | {"a":"Berlin"}         | no
    {"a":{"$regex":"^BER","$options":"i"}}                      | {"a":"berlin"}         | yes
    {"a":{"$options":"i","$regex":"^BER"}}                      | {"a":"berlin"}         | yes
    {"a":{"$regularExpression":{"pattern":"^b","options":"i"}}} | {"a":"Berlin"}         | yes
    {"a":{"$regex":{"$regularExpression":{"pattern":"^b","options":""}},"$options":"i"}} | {"a":"Berlin"} | yes
    {"a":{"$regex":"^x"}}                                       | {"a":["y","xz"]}       | yes
    {"a":{"$regex":"1"}}                                        | {"a":1}                | no
    {"a":{"$regex":"."}}                                        | {}                     | no
    {"a":{"$regex":"x","$options":"i"}}                         | {"a":{"$regularExpression":{"pattern":"x","options":"i"}}} | yes
    {"a":{"$regex":"x"}}                                        | {"a":{"$regularExpression":{"pattern":"x","options":"i"}}} | no
    {"a":{"$regex":"^b$","$options":"m"}}                       | {"a":"a\\nb\\nc"}      | yes
    {"a":{"$regex":"a.b"}}                                      | {"a":"a\\nb"}          | no
    {"a":{"$regex":"a.b","$options":"s"}}                       | {"a":"a\\nb"}          | yes
    {"a":{"$regex":"a b # two","$options":"x"}}                 | {"a":"ab"}             | yes
    {"a":{"$regex":"^a","$ne":"ab"}}                            | {"a":"ab"}             | no
    {"a":{"$eq":{"$regularExpression":{"pattern":"x","options":""}}}} | {"a":"x"}        | no
  `);
});

test('bits of whole numbers and of bytes', () => {
  checkTable(`
    {"a":{"$bitsAllSet":[1,5]}}      | {"a":54}                          | yes
    {"a":{"$bitsAllSet":50}}         | {"a":54}                          | yes
    {"a":{"$bitsAllSet":50}}         | {"a":20}                          | no
    {"a":{"$bitsAnySet":3}}          | {"a":[4,2]}                       | yes
    {"a":{"$bitsAnySet":[0]}}        | {"a":{"$numberLong":"9007199254740993"}} | yes
    {"a":{"$bitsAllClear":[0,3]}}    | {"a":54.0}                        | yes
    {"a":{"$bitsAllClear":[0,3]}}    | {"a":54.5}                        | no
    {"a":{"$bitsAnyClear":[1,3]}}    | {"a":{"$numberDecimal":"54"}}     | yes
    {"a":{"$bitsAllSet":[200]}}      | {"a":-1}                          | yes
    {"a":{"$bitsAllSet":[200]}}      | {"a":1}                           | no
    {"a":{"$bitsAllSet":[8]}}        | {"a":{"$binary":{"base64":"AAE=","subType":"00"}}} | yes
    {"a":{"$bitsAllClear":[200]}}    | {"a":{"$binary":{"base64":"AAE=","subType":"00"}}} | yes
    {"a":{"$bitsAllClear":1}}        | {"a":"x"}                         | no
    {"a":{"$bitsAllClear":1}}        | {}                                | no
    {"a":{"$not":{"$bitsAllSet":1}}} | {"a":2}                           | yes
    {"a":{"$bitsAllSet":{"$binary":{"base64":"Ag==","subType":"00"}}}} | {"a":3}  | yes
  `);
});
