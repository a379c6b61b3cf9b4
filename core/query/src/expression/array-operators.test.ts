import { test } from 'node:test';
import { assertResults } from './expression-rows.ts';

const ROOT =
  '{"a":[3,1,2],"n":null,"docs":[{"x":2,"y":"b"},{"x":1},5,{"x":[7,8]}],"o":{"x":1,"y":null},"mixed":[1,"a",null,[1],{"k":1}]}';

test('paths read through arrays, but no index', () => {
  assertResults(
    ROOT,
    `
    "$docs.x"                 | [2,1,[7,8]]
    "$docs.0"                 | []
    "$docs.y"                 | ["b"]
    "$a.x"                    | []
    "$o.x"                    | 1
    "$o.x.y"                  | missing
    "$$ROOT.o.x"              | 1
    "$$CURRENT.o.x"           | 1
    "$$NOW"                   | {"$date":1582979415250}
    "$$REMOVE"                | missing
    "$$nothing"               | ! no variable $$nothing
    "$$now"                   | ! did you mean $$NOW
    "$a."                     | ! empty component
    "$"                       | ! empty component
    "$a.$b"                   | ! begins with $
    ["$o.x","$nothing"]       | [1,null]
    {"p":"$o.x","q":"$nothing"} | {"p":1}
    {"a.b":1}                 | ! cannot have a field "a.b"
    {"$add":[1],"x":1}        | ! no other field
    {"$adde":[1]}             | ! did you mean $add
  `,
  );
});

test('elements and parts of arrays', () => {
  assertResults(
    ROOT,
    `
    {"$arrayElemAt":["$a",0]}                       | 3
    {"$arrayElemAt":["$a",-1]}                      | 2
    {"$arrayElemAt":["$a",5]}                       | missing
    {"$arrayElemAt":["$n",0]}                       | null
    {"$arrayElemAt":["$a",1.5]}                     | ! a whole number
    {"$first":"$a"}                                 | 3
    {"$last":"$a"}                                  | 2
    {"$first":[[]]}                                 | missing
    {"$first":"$o"}                                 | ! an array
    {"$firstN":{"n":2,"input":"$a"}}                | [3,1]
    {"$lastN":{"n":2,"input":"$a"}}                 | [1,2]
    {"$maxN":{"n":2,"input":"$a"}}                  | [3,2]
    {"$minN":{"n":2,"input":[null,5,4]}}            | [4,5]
    {"$firstN":{"n":0,"input":"$a"}}                | ! above 0
    {"$slice":["$a",2]}                             | [3,1]
    {"$slice":["$a",-2]}                            | [1,2]
    {"$slice":["$a",1,5]}                           | [1,2]
    {"$slice":["$a",-5,2]}                          | [3,1]
    {"$slice":["$a",1,0]}                           | ! above 0
    {"$slice":["$n",1]}                             | null
    {"$size":"$a"}                                  | 3
    {"$size":"$n"}                                  | ! an array
    {"$isArray":"$a"}                               | true
    {"$isArray":["$n"]}                             | false
    {"$in":[2,"$a"]}                                | true
    {"$in":["$nothing","$mixed"]}                   | false
    {"$in":[2,"$n"]}                                | ! an array
    {"$indexOfArray":["$a",2]}                      | 2
    {"$indexOfArray":["$a",3,1]}                    | -1
    {"$indexOfArray":["$n",3]}                      | null
    {"$indexOfArray":["$a",3,-1]}                   | ! may not be negative
  `,
  );
});

test('arrays made anew', () => {
  assertResults(
    ROOT,
    `
    {"$concatArrays":["$a",[4],[]]}                                    | [3,1,2,4]
    {"$concatArrays":["$a","$n"]}                                      | null
    {"$concatArrays":["$a",1]}                                         | ! an array
    {"$reverseArray":"$a"}                                             | [2,1,3]
    {"$range":[0,10,3]}                                                | [0,3,6,9]
    {"$range":[3,0,-1]}                                                | [3,2,1]
    {"$range":[0,5,0]}                                                 | ! may not be 0
    {"$range":[0,"$n"]}                                                | ! a whole number
    {"$sortArray":{"input":"$a","sortBy":1}}                           | [1,2,3]
    {"$sortArray":{"input":"$mixed","sortBy":-1}}                      | [[1],{"k":1},"a",1,null]
    {"$sortArray":{"input":"$docs","sortBy":{"x":1}}}                  | [5,{"x":1},{"x":2,"y":"b"},{"x":[7,8]}]
    {"$zip":{"inputs":["$a",["x","y"]]}}                               | [[3,"x"],[1,"y"]]
    {"$zip":{"inputs":["$a",["x"]],"useLongestLength":true}}           | [[3,"x"],[1,null],[2,null]]
    {"$zip":{"inputs":["$a",["x"]],"useLongestLength":true,"defaults":[0,"z"]}} | [[3,"x"],[1,"z"],[2,"z"]]
    {"$zip":{"inputs":["$a"],"defaults":[0]}}                          | ! "useLongestLength"
    {"$zip":{"inputs":["$a","$n"]}}                                    | null
    {"$arrayToObject":[[["a",1],["b",2]]]}                             | {"a":1,"b":2}
    {"$arrayToObject":[[{"k":"a","v":1},{"k":"a","v":2}]]}             | {"a":2}
    {"$arrayToObject":[[[1,1]]]}                                       | ! a string as the name
    {"$objectToArray":"$o"}                                            | [{"k":"x","v":1},{"k":"y","v":null}]
    {"$objectToArray":"$a"}                                            | ! an object
  `,
  );
});

test('an expression for each element', () => {
  assertResults(
    ROOT,
    `
    {"$map":{"input":"$a","in":{"$multiply":["$$this",2]}}}                               | [6,2,4]
    {"$map":{"input":"$docs","as":"d","in":"$$d.x"}}                                      | [2,1,null,[7,8]]
    {"$map":{"input":"$n","in":1}}                                                        | null
    {"$map":{"input":"$o","in":1}}                                                        | ! an array
    {"$map":{"input":"$a","as":"X","in":1}}                                               | ! no name of a variable
    {"$map":{"input":"$a","as":"x","in":{"$map":{"input":"$a","as":"y","in":{"$add":["$$x","$$y"]}}}}} | [[6,4,5],[4,2,3],[5,3,4]]
    {"$filter":{"input":"$a","cond":{"$gt":["$$this",1]}}}                                | [3,2]
    {"$filter":{"input":"$a","as":"e","cond":{"$gt":["$$e",0]},"limit":2}}                | [3,1]
    {"$filter":{"input":"$a","cond":true,"limit":0}}                                      | ! 1 or more
    {"$filter":{"input":"$a","as":"e","cond":"$$this"}}                                   | ! no variable $$this
    {"$reduce":{"input":"$a","initialValue":0,"in":{"$add":["$$value","$$this"]}}}        | 6
    {"$reduce":{"input":[],"initialValue":"$nothing","in":1}}                             | missing
    {"$let":{"vars":{"x":{"$add":["$o.x",1]}},"in":{"$multiply":["$$x","$$x"]}}}          | 4
    {"$let":{"vars":{"x":1},"in":{"$let":{"vars":{"x":2,"y":"$$x"},"in":["$$x","$$y"]}}}} | [2,1]
    {"$let":{"vars":{"CURRENT":"$o"},"in":"$x"}}                                          | 1
    {"$let":{"vars":{"Ab":1},"in":1}}                                                     | ! no name of a variable
    {"$literal":"$a"}                                                                     | "$a"
    {"$literal":{"$add":[1]}}                                                             | {"$add":[1]}
  `,
  );
});
