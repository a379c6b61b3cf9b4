import { test } from 'node:test';
import { assertResults } from './expression-rows.ts';

const ROOT =
  '{"i":1,"z":0,"n":null,"s":"x","nan":{"$numberDouble":"NaN"},"o":{"a.b":1,"$c":2,"d":3},"t":{"$timestamp":{"t":5,"i":7}},"bin":{"$binary":{"base64":"AQID","subType":"00"}},"d":{"$date":1500}}';

test('conditions evaluate only what they choose', () => {
  assertResults(
    ROOT,
    `
    {"$cond":["$i","yes",{"$divide":[1,0]}]}                                     | "yes"
    {"$cond":{"if":"$z","then":1,"else":"no"}}                                   | "no"
    {"$cond":["$i",1]}                                                           | ! takes 3 arguments
    {"$cond":{"if":1,"then":2}}                                                  | ! needs the field "else"
    {"$cond":["$nan",1,2]}                                                       | 1
    {"$cond":["$s",1,2]}                                                         | 1
    {"$ifNull":["$n","$nothing",5]}                                              | 5
    {"$ifNull":["$z",5]}                                                         | 0
    {"$ifNull":["$n","$nothing"]}                                                | missing
    {"$switch":{"branches":[{"case":"$z","then":1},{"case":"$i","then":2}]}}     | 2
    {"$switch":{"branches":[{"case":"$z","then":1}],"default":9}}                | 9
    {"$switch":{"branches":[{"case":"$z","then":1}]}}                            | ! No branch
    {"$and":["$z",{"$divide":[1,0]}]}                                            | false
    {"$and":[]}                                                                  | true
    {"$or":["$i",{"$divide":[1,0]}]}                                             | true
    {"$or":[]}                                                                   | false
    {"$not":["$n"]}                                                              | true
    {"$not":[[false]]}                                                           | false
  `,
  );
});

test('comparison is in BSON order, missing below null', () => {
  assertResults(
    ROOT,
    `
    {"$cmp":[1,2]}                                | -1
    {"$eq":[1,{"$numberDecimal":"1.00"}]}         | true
    {"$eq":["$n","$nothing"]}                     | false
    {"$lt":["$nothing",null]}                     | true
    {"$gt":["$s",100]}                            | true
    {"$ne":[[1,2],[1,2]]}                         | false
    {"$gte":["$nan",{"$numberDouble":"NaN"}]}     | true
    {"$lt":["$nan",-1]}                           | true
    {"$lte":[{"a":1},{"a":2}]}                    | true
    {"$eq":[1]}                                   | ! takes 2 arguments
  `,
  );
});

test('sets', () => {
  assertResults(
    ROOT,
    `
    {"$setUnion":[[1,2],[2,3,1.0]]}            | [1,2,3]
    {"$setUnion":[[1],"$n"]}                   | null
    {"$setIntersection":[[1,2,2],[2,3]]}       | [2]
    {"$setDifference":[[1,2,1],[2]]}           | [1]
    {"$setEquals":[[1,2],[2,1,1]]}             | true
    {"$setEquals":[[1,2],[1]]}                 | false
    {"$setEquals":[[1],"$n"]}                  | ! an array
    {"$setIsSubset":[[1],[1,2]]}               | true
    {"$setIsSubset":[[[1]],[1,2]]}             | false
    {"$allElementsTrue":[[1,"",[]]]}           | true
    {"$allElementsTrue":[[1,null]]}            | false
    {"$anyElementTrue":[[0,false]]}            | false
    {"$anyElementTrue":["$n"]}                 | ! an array
  `,
  );
});

test('objects', () => {
  assertResults(
    ROOT,
    `
    {"$mergeObjects":["$n",{"a":1,"b":1},{"b":2}]}                  | {"a":1,"b":2}
    {"$mergeObjects":[[{"a":1},{"b":2}]]}                           | {"a":1,"b":2}
    {"$mergeObjects":["$i"]}                                        | ! objects
    {"$getField":{"field":"a.b","input":"$o"}}                      | 1
    {"$getField":{"field":{"$literal":"$c"},"input":"$o"}}          | 2
    {"$getField":"i"}                                               | 1
    {"$getField":{"field":"x","input":"$n"}}                        | null
    {"$getField":{"field":"x","input":"$i"}}                        | missing
    {"$setField":{"field":"a.b","input":"$o","value":9}}            | {"a.b":9,"$c":2,"d":3}
    {"$setField":{"field":"d","input":"$o","value":"$$REMOVE"}}     | {"a.b":1,"$c":2}
    {"$unsetField":{"field":"d","input":"$o"}}                      | {"a.b":1,"$c":2}
    {"$setField":{"field":"$i","input":"$o","value":9}}             | ! a constant
    {"$setField":{"field":"i","input":"$i","value":9}}              | ! an object
    {"$unsetField":{"field":"i","input":"$n"}}                      | null
    {"$bsonSize":{"a":1,"b":"é","c":[1,2]}}                         | 44
  `,
  );
});

test('types and conversions', () => {
  assertResults(
    ROOT,
    `
    {"$type":"$nothing"}                                   | "missing"
    {"$type":"$nan"}                                       | "double"
    {"$type":["$bin"]}                                     | "binData"
    {"$isNumber":"$nan"}                                   | true
    {"$isNumber":"$s"}                                     | false
    {"$toBool":"false"}                                    | true
    {"$toBool":0}                                          | false
    {"$toBool":"$o"}                                       | true
    {"$toInt":"-5"}                                        | -5
    {"$toInt":2.9}                                         | 2
    {"$toInt":"2.9"}                                       | ! cannot make int
    {"$toInt":2147483648}                                  | ! cannot make int
    {"$toInt":"$nan"}                                      | ! cannot make int
    {"$toInt":true}                                        | 1
    {"$toInt":"$d"}                                        | ! cannot make int
    {"$toLong":"$d"}                                       | {"$numberLong":"1500"}
    {"$toLong":{"$numberDecimal":"-1.9E+3"}}               | {"$numberLong":"-1900"}
    {"$toLong":{"$numberDecimal":"1E-6000"}}               | {"$numberLong":"0"}
    {"$toLong":1e19}                                       | ! cannot make long
    {"$toDouble":"1.5e3"}                                  | 1500.0
    {"$toDouble":" 1"}                                     | ! cannot make double
    {"$toDouble":{"$numberDecimal":"1E+400"}}              | ! cannot make double
    {"$toDecimal":0.1}                                     | {"$numberDecimal":"0.1"}
    {"$toDecimal":"1.50"}                                  | {"$numberDecimal":"1.50"}
    {"$toDecimal":"$d"}                                    | {"$numberDecimal":"1500"}
    {"$toString":2.0}                                      | "2"
    {"$toString":"$d"}                                     | "1970-01-01T00:00:01.500Z"
    {"$toString":true}                                     | "true"
    {"$toString":"$o"}                                     | ! cannot make string
    {"$toString":"$n"}                                     | null
    {"$toDate":"2018-03-19"}                               | {"$date":1521417600000}
    {"$toDate":{"$numberLong":"120000000000000000"}}       | ! cannot make date
    {"$toDate":1253372036000.5}                            | {"$date":1253372036000}
    {"$toDate":5}                                          | ! cannot make date
    {"$toDate":"$t"}                                       | {"$date":5000}
    {"$toObjectId":"5ab9cbfa31c2ab715d42129e"}             | {"$oid":"5ab9cbfa31c2ab715d42129e"}
    {"$toObjectId":"5ab9"}                                 | ! cannot make objectId
    {"$toUUID":"0e3b9063-8abd-4eb3-9f9f-f4c59fd30a60"}     | {"$binary":{"base64":"DjuQY4q9TrOfn/TFn9MKYA==","subType":"04"}}
    {"$convert":{"input":"x","to":"int","onError":"bad"}}  | "bad"
    {"$convert":{"input":"$n","to":"int","onNull":"none"}} | "none"
    {"$convert":{"input":"$n","to":"int"}}                 | null
    {"$convert":{"input":1,"to":"text"}}                   | ! no such type
    {"$convert":{"input":1,"to":2}}                        | "1"
    {"$convert":{"input":"$bin","to":"string","format":"hex"}} | "010203"
    {"$convert":{"input":"$bin","to":"string","format":"base64"}} | "AQID"
    {"$convert":{"input":"aé","to":{"type":"binData","subtype":0},"format":"utf8"}} | {"$binary":{"base64":"YcOp","subType":"00"}}
    {"$convert":{"input":{"$convert":{"input":"aé","to":"binData","format":"utf8"}},"to":"string","format":"utf8"}} | "aé"
    {"$convert":{"input":{"$convert":{"input":258,"to":"binData","byteOrder":"big"}},"to":"int"}} | 33619968
    {"$tsSecond":"$t"}                                     | {"$numberLong":"5"}
    {"$tsIncrement":"$t"}                                  | {"$numberLong":"7"}
    {"$binarySize":"$bin"}                                 | 3
    {"$rand":{}}                                           | 0.5
  `,
  );
});

test('accumulators on an array or on several values', () => {
  assertResults(
    '{"a":[1,2.5,"x",null,{"$numberLong":"3"}],"i":4,"n":null}',
    `
    {"$sum":"$a"}                    | 6.5
    {"$sum":["$a"]}                  | 6.5
    {"$sum":["$a","$i"]}             | 4
    {"$sum":["$i",1,"$nothing"]}     | 5
    {"$sum":"$nothing"}              | 0
    {"$sum":[0.1,0.2,0.3]}           | 0.6
    {"$avg":"$a"}                    | 2.1666666666666665
    {"$avg":"$n"}                    | null
    {"$avg":["$i",5]}                | 4.5
    {"$max":["$i","$n",2]}           | 4
    {"$max":"$a"}                    | "x"
    {"$min":"$a"}                    | 1
    {"$min":[["$n"]]}                | null
    {"$stdDevPop":[[2,4,4,4,5,5,7,9]]} | 2.0
    {"$stdDevSamp":[1]}              | null
  `,
  );
});

test('trigonometry', () => {
  assertResults(
    ROOT,
    `
    {"$sin":0}                      | 0.0
    {"$cos":0}                      | 1.0
    {"$atan2":[1,1]}                | 0.7853981633974483
    {"$degreesToRadians":180}       | 3.141592653589793
    {"$radiansToDegrees":3.141592653589793} | 180.0
    {"$acos":2}                     | ! a number of -1 to 1
    {"$acosh":0.5}                  | ! 1 or more
    {"$cos":{"$numberDouble":"Infinity"}} | ! a finite number
    {"$tanh":"$n"}                  | null
    {"$atanh":1}                    | {"$numberDouble":"Infinity"}
  `,
  );
});
